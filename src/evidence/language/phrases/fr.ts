import type { PhraseTable } from '../phrase.ts';

/** French. */
export const french: PhraseTable = {
  language: 'fr',
  themes: {
    payment: [
      [
        'effectuer|faire|procéder|réaliser|valider _ virement|paiement|règlement',
        'Merci de procéder au virement.',
        'Le virement est arrivé.',
      ],
      ['facture|factures _ impayée|impayées|retard|souffrance', 'Votre facture est impayée.', 'Voici votre facture.'],
      ['virement urgent|immédiat|bancaire', 'Il faut un virement urgent.', 'Un urgent besoin de vacances.'],
    ],
    'invoice-change': [
      [
        'nouveau|nouvelles|nouveaux rib|iban|coordonnées|compte bancaires?',
        'Voici notre nouveau RIB.',
        'Voici notre nouveau site.',
      ],
      [
        'coordonnées bancaires _ changé|modifiées|modifié|changent',
        'Nos coordonnées bancaires ont changé.',
        'Nos horaires ont changé.',
      ],
      ['changement|modification de|du|des|nos coordonnées|rib|iban', 'Changement de RIB', 'Changement de saison'],
    ],
    password: [
      [
        'mettre|mettez à jour vos|votre|ton|tes compte|informations|coordonnées',
        'Mettez à jour votre compte.',
        'Mettez le pain.',
      ],
      [
        'vérifier|confirmer|valider|vérifiez|confirmez|validez votre compte|identité|mot|messagerie',
        'Veuillez vérifier votre compte.',
        'Veuillez vérifier votre commande.',
      ],
      ['mot de passe _ expire|expiré|expirera|expiration', 'Votre mot de passe expire demain.', 'Le mot juste.'],
      ['boîte|messagerie|quota _ pleine|dépassé|saturée', 'Votre boîte est presque pleine.', 'Une boîte de chocolats.'],
      ['compte _ suspendu|bloqué|désactivé|limité', 'Votre compte a été suspendu.', 'Le pont suspendu.'],
      ['connexion|activité inhabituelle|suspecte', 'Une connexion inhabituelle', 'Une correspondance'],
    ],
    'shared-document': [
      ['partagé _ avec vous|toi', 'Dana a partagé un fichier avec vous.', 'Un avis partagé.'],
      [
        'consulter|ouvrir|voir le|ce document|fichier partagé|sécurisé',
        'Consulter le document sécurisé',
        'Ouvrir la porte',
      ],
      ['nouveau message vocal', 'Vous avez un nouveau message vocal.', 'Un nouveau message.'],
    ],
    executive: [
      ['êtes|es vous|tu disponible|au|là bureau|maintenant|?', 'Êtes-vous disponible maintenant ?', 'Êtes-vous sûr ?'],
      [
        'strictement|absolument|totalement confidentiel|confidentielle|confidentialité',
        'C’est strictement confidentiel.',
        'La confidentialité de vos données',
      ],
      [
        'en réunion|conférence _ appel|téléphone|mail',
        'Je suis en réunion, pas de téléphone.',
        'La réunion est à dix heures.',
      ],
      [
        'besoin de|que votre|ton|vous aide|discrétion|service',
        'J’ai besoin de votre discrétion.',
        'Un besoin de repos.',
      ],
    ],
    urgency: [
      ['urgent|urgente|urgence', 'C’est urgent.', 'Le détergent.'],
      ['dans|sous les? 24|48 heures|h', 'Répondez sous 48 heures.', 'Ouvert 24 heures.'],
      ['immédiatement|impérativement', 'Répondez immédiatement.', 'Un médiateur.'],
      ['dernier|dernière rappel|relance|avertissement', 'Dernier rappel', 'Dernier étage'],
    ],
    'gift-card': [
      ['carte|cartes cadeau|cadeaux', 'Achetez des cartes cadeaux.', 'Un cadeau et une carte.'],
      [
        'carte|cartes itunes|steam|amazon|google|neosurf|transcash',
        'Il me faut des cartes Steam.',
        'Une carte du fleuve.',
      ],
      ['coupon|coupons pcs|transcash|neosurf', 'Un coupon PCS', 'Un coupon de tissu'],
    ],
  },
  displayNames: [
    ['directeur|directrice général|générale|financier|financière', 'Directeur général', 'Annuaire général'],
    ['pdg|daf', 'Jean Dupont, PDG', 'PDF'],
    ['service informatique|comptabilité|rh|paie', 'Service informatique', 'Service de table'],
  ],
};
