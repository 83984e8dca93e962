import type { PhraseTable } from '../phrase.ts';

/** Dutch. */
export const dutch: PhraseTable = {
  language: 'nl',
  themes: {
    payment: [
      [
        'betaling|overschrijving|overboeking _ uitvoeren|doen|verwerken|regelen|overmaken',
        'Kunt u de betaling uitvoeren?',
        'De betaling is ontvangen.',
      ],
      [
        'openstaande|onbetaalde|achterstallige factuur|facturen|betaling',
        'U hebt een openstaande factuur.',
        'Een openstaande deur.',
      ],
      ['spoed betaling|overboeking|overschrijving', 'Een spoed-overboeking', 'Met grote spoed.'],
    ],
    'invoice-change': [
      [
        'nieuwe|nieuw|gewijzigde|gewijzigd bankgegevens|rekeningnummer|bankrekening|iban',
        'Dit is ons nieuwe rekeningnummer.',
        'Dit is ons nieuwe kantoor.',
      ],
      [
        'bankgegevens|rekeningnummer|bankrekening _ gewijzigd|veranderd|aangepast',
        'Onze bankgegevens zijn gewijzigd.',
        'De tijden zijn gewijzigd.',
      ],
      [
        'wijziging|verandering van? ons|onze|de|? bankgegevens|rekeningnummer|bankrekening',
        'Wijziging bankgegevens',
        'Wijziging van het adres',
      ],
    ],
    password: [
      ['werk|update uw|je account|gegevens bij?', 'Werk uw gegevens bij.', 'Werk in de tuin.'],
      [
        'verifieer|bevestig|controleer|valideer uw|je account|wachtwoord|identiteit|mailbox',
        'Bevestig uw account.',
        'Bevestig uw bestelling.',
      ],
      ['wachtwoord _ verloopt|verlopen|vervalt', 'Uw wachtwoord verloopt vandaag.', 'Een lang wachtwoord.'],
      ['mailbox|postvak|opslagruimte _ vol|overschreden', 'Uw mailbox is bijna vol.', 'De bus is vol.'],
      [
        'account|rekening _ geblokkeerd|opgeschort|gedeactiveerd|beperkt',
        'Uw account is geblokkeerd.',
        'De weg is geblokkeerd.',
      ],
      [
        'verdachte|ongebruikelijke aanmelding|inlogpoging|activiteit',
        'Verdachte activiteit in uw account',
        'Een activiteit voor kinderen',
      ],
    ],
    'shared-document': [
      ['met u|je|jou gedeeld', 'Dana heeft een bestand met u gedeeld.', 'Een gedeelde kamer.'],
      ['document|bestand|map _ gedeeld', 'Er is een document gedeeld.', 'Een document in de kast.'],
      ['nieuw|nieuwe|gemist spraakbericht|voicemail', 'U hebt een nieuw spraakbericht.', 'Een nieuwe taal.'],
    ],
    executive: [
      ['bent|ben u|je _ bureau|kantoor|beschikbaar', 'Bent u op kantoor?', 'Bent u het eens?'],
      ['strikt|uiterst|streng vertrouwelijk', 'Dit is strikt vertrouwelijk.', 'Een vertrouwd gezicht.'],
      ['zit|ben in een vergadering|bespreking', 'Ik zit in een vergadering.', 'De vergadering is om tien uur.'],
      ['heb _ hulp|gunst nodig', 'Ik heb je hulp nodig.', 'Dank voor de hulp.'],
    ],
    urgency: [
      ['dringend|dringende', 'Dit is dringend.', 'De indringer.'],
      ['binnen _ 24|48 uur', 'Reageer binnen 24 uur.', 'Open 24 uur.'],
      ['onmiddellijk', 'Reageer onmiddellijk.', 'De middelen.'],
      ['laatste herinnering|waarschuwing|aanmaning', 'Laatste herinnering', 'Laatste week'],
      ['spoed', 'Met spoed.', 'Voorspoed.'],
    ],
    'gift-card': [
      ['cadeaukaart|cadeaukaarten|cadeaubonnen|giftcards', 'Koop cadeaukaarten.', 'Een cadeau en een kaart.'],
      ['itunes|steam|amazon|google kaart|kaarten', 'Ik heb Steam kaarten nodig.', 'Een kaart van het land.'],
    ],
  },
  displayNames: [
    ['directeur|bestuursvoorzitter', 'Jan Jansen, directeur', 'Directe lijn'],
    ['it afdeling|helpdesk|ondersteuning', 'IT-afdeling', 'De afdeling'],
    ['personeelszaken|salarisadministratie|boekhouding', 'Personeelszaken', 'Zaken doen'],
  ],
};
