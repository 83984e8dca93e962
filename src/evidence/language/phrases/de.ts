import type { PhraseTable } from '../phrase.ts';

/** German. */
export const german: PhraseTable = {
  language: 'de',
  themes: {
    payment: [
      ['überweis* _ sie|bitte|betrag|heute', 'Überweisen Sie den Betrag heute.', 'Die Überweisung kam an.'],
      [
        'bitte _ überweisung|zahlung veranlassen|vornehmen|ausführen|freigeben|anweisen',
        'Bitte die Zahlung veranlassen.',
        'Bitte wählen Sie die Zahlungsart.',
      ],
      [
        'offene|offenen|unbezahlte|überfällige|ausstehende rechnung|rechnungen|zahlung|forderung',
        'Sie haben eine offene Rechnung.',
        'Offene Stellen finden Sie hier.',
      ],
      ['sofort|eil|blitz überweisung', 'Machen Sie eine Eil-Überweisung.', 'Ein Überblick über Weisungen.'],
    ],
    'invoice-change': [
      [
        'neue|neuen|geänderte|geänderten|aktualisierte|aktualisierten bankverbindung|bankdaten|kontodaten|kontoverbindung',
        'Bitte nutzen Sie die neue Bankverbindung.',
        'Die neue Verbindung nach Wien.',
      ],
      [
        'bankverbindung|bankdaten|kontodaten|kontoverbindung _ geändert|ändert|aktualisiert',
        'Unsere Bankverbindung hat sich geändert.',
        'Unser Fahrplan hat sich geändert.',
      ],
      [
        'änderung der|unserer|meiner bankverbindung|bankdaten|kontodaten|kontoverbindung',
        'Änderung der Bankdaten',
        'Änderung der Öffnungszeiten',
      ],
      [
        'gehaltskonto|gehaltszahlung _ ändern|anderes|neues',
        'Ich möchte mein Gehaltskonto ändern.',
        'Ihr Gehalt steigt.',
      ],
    ],
    password: [
      [
        'aktualisieren sie _ konto|zahlungsdaten|zahlungsinformationen',
        'Aktualisieren Sie Ihr Konto.',
        'Aktualisieren Sie die App.',
      ],
      [
        'bestätigen|verifizieren|überprüfen sie _ konto|kontos|passwort|identität|zugangsdaten|postfach',
        'Bestätigen Sie Ihr Konto.',
        'Bestätigen Sie Ihre Teilnahme.',
      ],
      [
        'passwort|kennwort _ abgelaufen|läuft|abläuft|ablauf',
        'Ihr Passwort läuft morgen ab.',
        'Das Passwort ist geheim.',
      ],
      [
        'postfach|speicherplatz|mailbox _ voll|erschöpft|überschritten',
        'Ihr Postfach ist fast voll.',
        'Das Fest war voll schön.',
      ],
      ['konto|zugang _ gesperrt|eingeschränkt|deaktiviert', 'Ihr Konto wurde gesperrt.', 'Die Straße ist gesperrt.'],
      [
        'ungewöhnliche|verdächtige anmeldung|anmeldeaktivität|aktivität*',
        'Wir sahen eine verdächtige Anmeldung.',
        'Die Anmeldung zum Kurs ist offen.',
      ],
    ],
    'shared-document': [
      [
        'hat _ mit ihnen|dir geteilt|freigegeben',
        'Dana hat eine Datei mit Ihnen geteilt.',
        'Dana hat die Meinung geteilt.',
      ],
      [
        'dokument|datei|ordner _ freigegeben|geteilt',
        'Ein Dokument wurde für Sie freigegeben.',
        'Das Dokument liegt im Regal.',
      ],
      ['neue|verpasste sprachnachricht|voicemail', 'Sie haben eine neue Sprachnachricht.', 'Eine neue Sprache lernen.'],
      [
        'dokument|vertrag _ unterschrift|unterzeichnung',
        'Der Vertrag wartet auf Ihre Unterschrift.',
        'Der Vertrag wurde gekündigt.',
      ],
    ],
    executive: [
      ['sind|bist sie|du _ platz|schreibtisch|erreichbar', 'Sind Sie gerade am Platz?', 'Sind Sie der Meinung?'],
      ['streng|absolut vertraulich|diskret', 'Das ist streng vertraulich.', 'Eine vertraute Strenge.'],
      [
        'bin _ in einer besprechung|sitzung|konferenz',
        'Ich bin gerade in einer Besprechung.',
        'Die Besprechung war gut.',
      ],
      [
        'brauche|benötige ihre|deine hilfe|unterstützung bei|schnell|diskret',
        'Ich brauche Ihre Hilfe bei einer Sache.',
        'Danke für Ihre Hilfe.',
      ],
      [
        'handynummer|mobilnummer _ schicken|senden|mitteilen',
        'Können Sie mir Ihre Handynummer schicken?',
        'Die Handynummer steht im Heft.',
      ],
    ],
    urgency: [
      ['dringend|dringende', 'Bitte dringend antworten.', 'Eindringende Feuchte.'],
      ['umgehend|unverzüglich', 'Handeln Sie umgehend.', 'Die Umgehung der Stadt.'],
      ['innerhalb _ 12|24|48 stunden', 'Innerhalb von 24 Stunden', 'Wir haben 24 Stunden offen.'],
      ['letzte mahnung|erinnerung|warnung|aufforderung', 'Letzte Mahnung', 'Letzte Woche'],
      ['eilt', 'Es eilt.', 'Sie teilt.'],
    ],
    'gift-card': [
      [
        'geschenkkarte|geschenkkarten|geschenkgutscheine|gutscheinkarten',
        'Kaufen Sie Geschenkkarten.',
        'Ein Geschenk und Karten fürs Kino.',
      ],
      [
        'itunes|steam|amazon|google|paysafe karte|karten|gutscheine',
        'Besorgen Sie fünf Steam Karten.',
        'Die Karten von Amazonien.',
      ],
      ['codes _ freirubbeln|rubbeln|fotografieren', 'Die Codes bitte freirubbeln.', 'Codes sind Teil des Programms.'],
    ],
  },
  displayNames: [
    [
      'geschäftsführer|geschäftsführerin|geschäftsführung|geschäftsleitung',
      'Max Muster, Geschäftsführer',
      'Reiseführer Rom',
    ],
    ['vorstand|vorstandsvorsitzender|vorstandsvorsitzende', 'Der Vorstand', 'Vorstadt Blatt'],
    ['personalabteilung|lohnbuchhaltung|buchhaltung', 'Personalabteilung', 'Buchhandlung'],
    ['it abteilung|helpdesk|support', 'IT-Abteilung', 'Die Abteilung'],
  ],
};
