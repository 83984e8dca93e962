import type { PhraseTable } from '../phrase.ts';

/** Portuguese. */
export const portuguese: PhraseTable = {
  language: 'pt',
  themes: {
    payment: [
      [
        'realizar|efetuar|efetue|fazer|processar|autorizar _ transferência|pagamento|pix',
        'Favor efetuar a transferência.',
        'O pagamento chegou.',
      ],
      [
        'fatura|faturas|boleto _ vencida|vencidas|vencido|pendente|atraso',
        'Sua fatura está vencida.',
        'Segue a fatura.',
      ],
      ['transferência|pagamento urgente|imediata|imediato', 'É um pagamento urgente.', 'Transferência de calor.'],
    ],
    'invoice-change': [
      ['novos|nova|novo dados|conta|iban bancários|bancária|?', 'Seguem os novos dados bancários.', 'Um novo carro.'],
      [
        'dados bancários _ mudaram|alterados|atualizados|mudou',
        'Os dados bancários foram alterados.',
        'Os horários mudaram.',
      ],
      ['alteração|mudança _ dados|conta bancários|bancária', 'Alteração de dados bancários', 'Alteração de horário'],
    ],
    password: [
      [
        'desbloqueie|desbloquear|atualize|atualizar _ conta|banking|acesso|cadastro',
        'Desbloqueie sua conta.',
        'Desbloqueie o seu talento.',
      ],
      [
        'acesso|login _ conta _ novo|outro dispositivo|aparelho',
        'Acesso a sua conta em um novo dispositivo',
        'Um novo dispositivo',
      ],
      [
        'verifique|verificar|confirme|confirmar|valide|validar _ sua|seu conta|identidade|senha|e',
        'Verifique a sua conta.',
        'Verifique o seu pedido.',
      ],
      ['senha _ expira|expirará|expirou|vence', 'A sua senha expira hoje.', 'Uma senha longa.'],
      ['caixa|armazenamento _ cheia|cheio|excedido|limite', 'A sua caixa está cheia.', 'Uma caixa de som.'],
      ['conta _ suspensa|bloqueada|desativada|limitada', 'A sua conta foi bloqueada.', 'A rua bloqueada.'],
      ['atividade|acesso|login suspeita|suspeito|incomum', 'Atividade suspeita na conta', 'Atividade física'],
    ],
    'shared-document': [
      [
        'compartilhou|partilhou|compartilhado|partilhado _ com você|si|consigo',
        'Dana compartilhou um arquivo com você.',
        'Um quarto compartilhado.',
      ],
      [
        'ver|abrir|visualizar o documento|arquivo|ficheiro compartilhado|partilhado|protegido|seguro',
        'Abrir o documento protegido',
        'Abrir a janela',
      ],
      ['nova mensagem de voz', 'Você tem uma nova mensagem de voz.', 'Uma nova mensagem.'],
    ],
    executive: [
      ['está|estás _ disponível|escritório agora|?', 'Você está disponível agora?', 'O modelo disponível.'],
      [
        'estritamente|absolutamente|totalmente confidencial|sigiloso',
        'É estritamente confidencial.',
        'Cláusula confidencial.',
      ],
      ['estou em|numa uma? reunião|conferência', 'Estou numa reunião.', 'A reunião foi ontem.'],
      ['preciso _ favor|discrição|ajuda', 'Preciso de um favor.', 'Por favor.'],
    ],
    urgency: [
      ['urgente|urgentemente|urgência', 'É urgente.', 'O detergente.'],
      ['em|dentro _ 24|48 horas', 'Responda em 24 horas.', 'Aberto 24 horas.'],
      ['imediatamente', 'Responda imediatamente.', 'O mediador.'],
      ['último|última aviso|lembrete|chamada', 'Último aviso', 'Último andar'],
    ],
    'gift-card': [
      ['cartão|cartões|vale|vales presente|oferta', 'Compre cartões presente.', 'Um presente com cartão.'],
      ['cartões itunes|steam|amazon|google', 'Preciso de cartões Steam.', 'As cartas.'],
    ],
  },
  displayNames: [
    ['diretor|diretora geral|executivo|executiva|financeiro|financeira', 'Diretor Executivo', 'Guia geral'],
    ['suporte técnico|ti', 'Suporte técnico', 'Detalhe técnico'],
    ['recursos humanos', 'Recursos Humanos', 'Direitos humanos'],
  ],
};
