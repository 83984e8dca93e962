import type { PhraseTable } from '../phrase.ts';

/** Italian. */
export const italian: PhraseTable = {
  language: 'it',
  themes: {
    payment: [
      [
        'effettuare|effettui|eseguire|disporre|autorizzare _ bonifico|pagamento',
        'Si prega di effettuare il bonifico.',
        'Il bonifico è arrivato.',
      ],
      [
        'fattura|fatture _ scaduta|scadute|insoluta|insolute|insoluto',
        'La fattura risulta scaduta.',
        'In allegato la fattura.',
      ],
      ['bonifico|pagamento urgente|immediato|istantaneo', 'Serve un bonifico urgente.', 'La bonifica del terreno.'],
    ],
    'invoice-change': [
      [
        'nuovo|nuove|nuovi iban|coordinate|conto bancarie|bancario|?',
        'Ecco il nostro nuovo IBAN.',
        'Ecco il nostro nuovo ufficio.',
      ],
      [
        'coordinate bancarie _ cambiate|modificate|variate|aggiornate',
        'Le coordinate bancarie sono cambiate.',
        'Gli orari sono cambiati.',
      ],
      ['variazione|modifica|cambio _ iban|coordinate', 'Variazione IBAN', 'Variazione di prezzo'],
    ],
    password: [
      [
        'aggiorna|aggiorni|aggiornare|sblocca _ tuo|suo account|profilo|conto',
        'Aggiorni il suo account.',
        'Aggiorna il programma.',
      ],
      [
        'verifica|verificare|verifichi|conferma|confermare|confermi _ tuo|suo account|profilo|conto|identità',
        'Verifichi il suo account.',
        'Verifichi il suo ordine.',
      ],
      ['password _ scade|scadrà|scaduta|scadenza', 'La sua password scade oggi.', 'La password è lunga.'],
      ['casella|posta|spazio _ piena|esaurito|superato', 'La casella è piena.', 'La casella del gioco.'],
      ['account|conto _ sospeso|bloccato|disattivato|limitato', 'Il suo account è sospeso.', 'Il ponte sospeso.'],
      ['accesso|attività sospetto|sospetta|insolito|insolita', 'Abbiamo visto un accesso insolito.', 'Accesso libero.'],
    ],
    'shared-document': [
      ['condiviso _ con te|lei|voi', 'Dana ha condiviso un file con te.', 'Un parere condiviso.'],
      [
        'apri|aprire|visualizza|visualizzare il documento|file condiviso|protetto|sicuro',
        'Visualizza il documento condiviso',
        'Apri la porta',
      ],
      ['nuovo messaggio vocale', 'Hai un nuovo messaggio vocale.', 'Un nuovo messaggio.'],
    ],
    executive: [
      ['sei|è _ disponibile|ufficio|scrivania adesso|ora|?', 'È disponibile adesso?', 'Il colore disponibile.'],
      [
        'strettamente|assolutamente|massima riservato|riservata|confidenziale|riservatezza',
        'È strettamente riservato.',
        'Posto riservato.',
      ],
      ['sono in una? riunione|conferenza', 'Sono in riunione.', 'La riunione di ieri.'],
      ['bisogno di|che un|tuo|suo|mi favore|aiuto|discrezione', 'Ho bisogno di un favore.', 'Un bisogno.'],
    ],
    urgency: [
      ['urgente|urgentemente|urgenza', 'È urgente.', 'Il detergente.'],
      ['entro _ 24|48 ore', 'Entro 24 ore', 'Aperto 24 ore.'],
      ['immediatamente', 'Risponda immediatamente.', 'Il mediatore.'],
      ['ultimo|ultima avviso|sollecito|promemoria', 'Ultimo avviso', 'Ultimo piano'],
    ],
    'gift-card': [
      ['carta|carte|buono|buoni regalo', 'Compri delle carte regalo.', 'Un regalo di carta.'],
      ['carte|card itunes|steam|amazon|google', 'Servono carte Steam.', 'Le carte del Rio.'],
    ],
  },
  displayNames: [
    ['amministratore|direttore delegato|generale|finanziario', 'Amministratore Delegato', 'Mercato generale'],
    ['supporto tecnico|informatico|it', 'Supporto tecnico', 'Dettaglio tecnico'],
    ['risorse umane', 'Risorse Umane', 'Risorse idriche'],
  ],
};
