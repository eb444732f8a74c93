/** How people search for names, and what the practice has written. Both sources are held to this table. */
export interface Names {
  readonly firstName?: string;
  readonly middleName?: string;
  readonly preferredName?: string;
  readonly lastName?: string;
}

interface NameCase {
  readonly names: Names;
  readonly finds: readonly string[];
  readonly findsNot: readonly string[];
}

const decomposed = (text: string) => text.normalize('NFD');

export const nameCases: readonly NameCase[] = [
  {
    names: { firstName: 'Mary Ann', lastName: 'Van der Berg' },
    finds: [
      'Van der Berg',
      'Mary Ann',
      'Berg',
      'Mary Ann Van der Berg',
      'berg mary',
      'Van der Berg, Mary Ann',
      'ann',
      'VAN-DER-BERG',
      '  mary   van ',
      'be ma',
      'Berg (Mary)',
      'mary.ann',
    ],
    findsNot: ['erg', 'vander', 'Mary Anne', 'Berg John', 'maryann', 'der der berg x', '', '  ', ',', "'"],
  },
  {
    names: { firstName: 'Seán', middleName: "D'Arcy", lastName: "O'Brien" },
    finds: [
      "O'Brien",
      'O’Brien',
      'O‘Brien',
      'O`Brien',
      'O´Brien',
      'OʼBrien',
      'OBrien',
      'o brien',
      'Brien',
      'sean obrien',
      decomposed('Seán O’Brien'),
      "o'b",
      'darcy',
      'arcy',
      '’Brien',
    ],
    findsNot: ['rien', 'obrienx', 'seam', 'O’Brian'],
  },
  {
    names: { firstName: 'Mia', lastName: 'O’Dupley' },
    finds: ["O'Dupley", 'O’Dupley', 'ODupley', 'dupley mia', 'o dup'],
    findsNot: ['upley', "O'Brien"],
  },
  {
    names: { firstName: 'Zoë', lastName: 'Müller-Åkermock' },
    finds: [
      'zoe',
      'ZOË',
      'Zoé',
      decomposed('Zoë'),
      'Muller',
      'müller',
      'akermock',
      'Åker',
      'Muller Akermock',
      'Muller–Akermock',
      'Ákermock zoe',
    ],
    findsNot: ['mueller', 'zoo', 'kermock', 'ller'],
  },
  {
    names: { firstName: 'Zoe', lastName: 'Smith-Jones' },
    finds: [
      'Smith Jones',
      'Smith-Jones',
      'jones smith',
      'Zoë Jones',
      'Smith‐Jones',
      'Smith, Zoe',
      'SMITH/JONES',
    ],
    findsNot: ['smithjones', 'ones', 'mith'],
  },
  {
    names: { firstName: 'Bjørn', lastName: 'Strauß-Kjær' },
    finds: ['bjorn', 'BJØRN', 'strauss', 'Strauß', 'STRAUẞ', 'kjaer', 'Kjær', 'bjorn stra kj'],
    findsNot: ['straub', 'kjar', 'bjoern', 'auss'],
  },
  {
    names: { firstName: 'Þóra', preferredName: 'Œdi', lastName: 'Æsir' },
    finds: ['thora', 'Þora', 'oedi', 'Œdi', 'aesir', 'ÆSIR', 'thora aesir'],
    findsNot: ['pora', 'asir'],
  },
  {
    names: { lastName: 'Sukarno' },
    finds: ['sukarno', 'Suk'],
    findsNot: ['karno', 'sukarno x'],
  },
  {
    names: { firstName: 'Percy [50%]', middleName: 'J.R.', lastName: 'Under_score III' },
    finds: ['percy', '50', 'under score', 'Under_score', 'iii', 'j r', 'J.R.', '[50%] percy'],
    findsNot: ['[a-z]', '%', '_', 'p%y', 'under_scare', 'jr', '0'],
  },
  {
    names: { firstName: 'Ann', lastName: 'Joannason' },
    finds: ['ann', 'joanna', 'Ann Ann', 'a j'],
    findsNot: ['nason', 'Ann Mary', 'annj'],
  },
  {
    names: { firstName: 'Isil', lastName: 'Yildiz' },
    finds: ['Işıl', 'YILDIZ', 'Yıldız', 'İsil', 'yıldız ışı'],
    findsNot: ['ıldız'],
  },
  {
    names: { firstName: 'Lukasz', middleName: 'Strauss', lastName: 'Dordevic' },
    finds: ['Łukasz', 'Đorđević', 'đor łuk', 'Strauß'],
    findsNot: ['Łukasx'],
  },
  {
    names: { firstName: 'Griffin', lastName: 'Fisher' },
    finds: ['Griﬃn', 'ﬁsher', 'Griﬀin', 'Ｆｉｓｈｅｒ', 'ﬁsh ｇｒｉ'],
    findsNot: ['ﬂsher'],
  },
  {
    names: { firstName: "Sa'id", lastName: "O'Modifix" },
    finds: ['OꞌModifix', 'Oʿmodifix', 'Oʹmodi', 'Oʾmodifix', 'Oʽmodifix', 'omodifix', 'saʿid', 'said'],
    findsNot: ['Oˉmodifix x'],
  },
];
