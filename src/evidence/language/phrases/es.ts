import type { PhraseTable } from '../phrase.ts';

/** Spanish. */
export const spanish: PhraseTable = {
  language: 'es',
  themes: {
    payment: [
      [
        'realizar|realice|efectuar|hacer|procesar|autorizar _ transferencia|pago',
        'Por favor realice la transferencia.',
        'El pago llegó ayer.',
      ],
      [
        'factura|facturas _ vencida|vencidas|impagada|impagadas|pendiente|pendientes',
        'Tiene una factura vencida.',
        'Adjunto la factura.',
      ],
      ['transferencia|pago urgente|inmediata|inmediato', 'Es una transferencia urgente.', 'Transferencia de calor.'],
    ],
    'invoice-change': [
      [
        'nuevo|nueva|nuevos datos|cuenta|iban bancarios|bancaria|?',
        'Estos son nuestros nuevos datos bancarios.',
        'Tengo un nuevo coche.',
      ],
      [
        'datos bancarios _ cambiado|actualizado|modificado',
        'Nuestros datos bancarios han cambiado.',
        'Nuestro horario ha cambiado.',
      ],
      [
        'cambio de|en cuenta|datos|nuestros? bancaria|bancarios|cuenta',
        'Cambio de cuenta bancaria',
        'Cambio de aceite',
      ],
      ['cambiar|actualizar _ cuenta de? nómina', 'Quiero cambiar mi cuenta de nómina.', 'Su nómina está lista.'],
    ],
    password: [
      ['actualice|actualizar|desbloquee _ su|tu cuenta|datos', 'Actualice su cuenta.', 'Actualice el programa.'],
      [
        'verifique|verificar|confirme|confirmar|valide|validar su|tu cuenta|identidad|contraseña|buzón',
        'Verifique su cuenta.',
        'Verifique su pedido.',
      ],
      [
        'contraseña _ caduca|caducará|expira|expirará|vence|vencida',
        'Su contraseña caduca hoy.',
        'Una contraseña larga.',
      ],
      ['buzón|bandeja|almacenamiento _ lleno|llena|excedido|límite', 'Su buzón está lleno.', 'El buzón de la calle.'],
      ['cuenta _ suspendida|bloqueada|desactivada|limitada', 'Su cuenta ha sido bloqueada.', 'La calle bloqueada.'],
      [
        'inicio|actividad de? sesión|? inusual|sospechosa|sospechoso',
        'Actividad sospechosa en su cuenta',
        'Actividad infantil',
      ],
    ],
    'shared-document': [
      [
        'compartido|compartió _ con|contigo usted|ustedes|?',
        'Dana ha compartido un archivo con usted.',
        'Un piso compartido.',
      ],
      [
        'ver|abrir|revisar el|este documento|archivo compartido|seguro|protegido',
        'Ver el documento compartido',
        'Ver el mar',
      ],
      ['nuevo mensaje de voz', 'Tiene un nuevo mensaje de voz.', 'Un nuevo mensaje.'],
    ],
    executive: [
      ['está|estás _ disponible|oficina|escritorio', '¿Está disponible ahora?', 'El producto disponible.'],
      [
        'estrictamente|absolutamente|totalmente confidencial',
        'Es estrictamente confidencial.',
        'La cláusula confidencial.',
      ],
      ['estoy en una? reunión|conferencia', 'Estoy en una reunión.', 'La reunión fue ayer.'],
      ['necesito _ favor|discreción|ayuda', 'Necesito un favor.', 'Sin favor alguno.'],
    ],
    urgency: [
      ['urgente|urgentemente|urgencia', 'Es urgente.', 'El insurgente.'],
      ['en|dentro _ 24|48 horas', 'Responda en 24 horas.', 'Abierto 24 horas.'],
      ['inmediatamente', 'Responda inmediatamente.', 'El medio.'],
      ['último|última aviso|recordatorio|advertencia', 'Último aviso', 'Último piso'],
    ],
    'gift-card': [
      ['tarjeta|tarjetas de? regalo', 'Compre tarjetas de regalo.', 'Un regalo con tarjeta.'],
      ['tarjeta|tarjetas itunes|steam|amazon|google', 'Necesito tarjetas Steam.', 'La selva del Amazonas.'],
    ],
  },
  displayNames: [
    ['director|directora general|ejecutivo|ejecutiva|financiero|financiera', 'Director General', 'Guía general'],
    ['soporte técnico|informático|ti', 'Soporte técnico', 'Detalle técnico'],
    ['recursos humanos', 'Recursos Humanos', 'Derechos humanos'],
  ],
};
