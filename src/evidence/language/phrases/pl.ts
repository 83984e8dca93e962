import type { PhraseTable } from '../phrase.ts';

/** Polish. */
export const polish: PhraseTable = {
  language: 'pl',
  themes: {
    payment: [
      ['proszę|prosimy _ przelew|płatność|przelewu|płatności', 'Proszę o wykonanie przelewu.', 'Przelew dotarł.'],
      ['wykonać|wykonaj|zrealizować|zlecić _ przelew|płatność', 'Trzeba wykonać pilny przelew.', 'Wykonać plan.'],
      [
        'niezapłacona|zaległa|nieopłacona|zaległe|przeterminowana faktura|faktury|płatność',
        'To jest zaległa faktura.',
        'W załączniku faktura.',
      ],
    ],
    'invoice-change': [
      [
        'nowy|nowe|zmieniony|zmienione numer|dane|konto konta|rachunku|bankowe|bankowy',
        'Oto nowy numer konta.',
        'Oto nowy numer gazety.',
      ],
      [
        'zmiana|zmianie|zmianę _ konta|rachunku|danych bankowego|bankowych|?',
        'Zmiana rachunku bankowego',
        'Zmiana godzin',
      ],
      ['dane bankowe _ zmianie|zmieniły|zmienione', 'Nasze dane bankowe uległy zmianie.', 'Godziny się zmieniły.'],
    ],
    password: [
      [
        'zweryfikuj|potwierdź|zweryfikować|potwierdzić _ konto|tożsamość|hasło|konta',
        'Potwierdź swoje konto.',
        'Potwierdź zamówienie.',
      ],
      ['hasło _ wygasa|wygaśnie|wygasło', 'Twoje hasło wygasa dziś.', 'Długie hasło.'],
      [
        'skrzynka|skrzynki|pojemność _ pełna|przekroczona|przekroczony',
        'Twoja skrzynka jest pełna.',
        'Skrzynka jabłek.',
      ],
      ['konto _ zablokowane|zawieszone|ograniczone', 'Twoje konto zostało zablokowane.', 'Drzwi zablokowane.'],
      [
        'podejrzana|nietypowa|podejrzane aktywność|logowanie|próba',
        'Wykryto podejrzane logowanie.',
        'Aktywność dzieci.',
      ],
    ],
    'shared-document': [
      [
        'udostępnił|udostępniła|udostępniono _ plik|dokument|folder',
        'Dana udostępniła Ci plik.',
        'Udostępniono parking.',
      ],
      [
        'zobacz|otwórz|wyświetl udostępniony|zabezpieczony|bezpieczny dokument|plik',
        'Otwórz udostępniony dokument',
        'Otwórz okno',
      ],
      ['nowa wiadomość głosowa', 'Masz nowa wiadomość głosowa.', 'Nowa wiadomość.'],
    ],
    executive: [
      ['czy jesteś|jest _ biurze|biurku|dostępny|dostępna', 'Czy jesteś przy biurku?', 'Czy jest deszcz?'],
      ['ściśle|całkowicie poufne|poufna|poufny', 'To jest ściśle poufne.', 'Ściśle biorąc.'],
      ['jestem na spotkaniu|zebraniu|konferencji', 'Jestem na spotkaniu.', 'Spotkanie o dziesiątej.'],
      ['potrzebuję _ przysługi|pomocy|dyskrecji', 'Potrzebuję pomocy.', 'Dziękuję za pomoc.'],
    ],
    urgency: [
      ['pilne|pilnie|pilny|pilna', 'To pilne.', 'Opilnowane.'],
      ['natychmiast|niezwłocznie', 'Odpowiedz natychmiast.', 'Nat i Chmiel.'],
      ['w ciągu 24|48 godzin', 'Odpowiedz w ciągu 24 godzin.', 'Czynne 24 godziny.'],
      ['ostatnie|ostateczne wezwanie|przypomnienie|ostrzeżenie', 'Ostateczne wezwanie', 'Ostatnie piętro'],
    ],
    'gift-card': [
      ['karty|kart|karta podarunkowe|podarunkowych|podarunkowa', 'Kup karty podarunkowe.', 'Karta i podarunek.'],
      ['karty itunes|steam|amazon|google|paysafecard', 'Potrzebne są karty Steam.', 'Karty do gry.'],
    ],
  },
  displayNames: [
    ['prezes|prezesa zarządu?', 'Jan Kowalski, Prezes Zarządu', 'Interes'],
    ['dyrektor generalny|finansowy|zarządzający', 'Dyrektor Finansowy', 'Raport finansowy'],
    ['dział kadr|płac|it|księgowości', 'Dział IT', 'Dział z grami'],
  ],
};
