export const FIRST_NAMES: readonly string[] =
  'Abigail Aaron Alice Andre Anita Arturo Beth Brandon Bianca Caleb Carmen Carl Chloe Cyrus Dana Darnell Diane Diego Elena Eric Esther Evan Fiona Frank Gail Gavin Grace Grant Hannah Hector Helen Hugh Imani Isaac Ivy Jared Jasmine Joel Joy Julian Kara Keith Kira Lamar Laura Leo Lydia Marcus Maya Miles Mona Nate Nina Noah Olga Omar Paige Paul Priya Quinn Rachel Ramon Rosa Ruth Samir Sara Seth Sofia Theo Tessa Tom Uma Vera Victor Wendy Wes Yara Zach'.split(
    ' ',
  );

export const LAST_NAMES: readonly string[] =
  'Abbott Acosta Alvarez Ames Baker Barlow Bauer Becker Bishop Blake Boone Brandt Briggs Burke Callahan Castro Chen Church Cole Cooper Crane Cruz Dalton Decker Dixon Doyle Drake Duarte Eaton Ellis Engel Farley Fields Finch Fisher Foley Fox Garza Gibson Goodwin Graves Greer Hale Hansen Hardy Hayes Hobbs Holt Hooper Hughes Ingram Ibarra Jansen Jarvis Keller Kemp Kim Klein Knox Lang Larson Lowe Lynch Maddox Marsh Mercer Meyer Moss Mueller Nash Nolan Novak Ochoa Olsen Ortiz Page Parks Patel Perry Pike Porter Quigley Ramsey Reyes Rhodes Rivas Rowe Salazar Sawyer Schultz Shaw Sloan Snyder Soto Stark Stone Strand Tate Thorne Todd Tucker Underwood Vance Vega Vogel Wade Walsh Ward Weber Wells West Wilcox Wolfe Yates York Zamora Ziegler'.split(
    ' ',
  );

/** How shops of each segment are called; {n} is a family name, {c} the city. */
export const ACCOUNT_PATTERNS: Readonly<Record<string, readonly string[]>> = {
  'Independent dealer': [
    '{n} Outdoor Power',
    '{n} & Sons Mower Shop',
    '{c} Lawn & Saw',
    '{n} Small Engine',
    '{c} Power Equipment',
    '{n} Saw & Cycle',
  ],
  'Farm store': ['{n} Farm & Garden', '{c} Farmers Co-op', '{n} Feed & Tractor', '{c} Ranch Supply'],
  'Landscape supply': ['{n} Landscape Supply', '{c} Turf & Irrigation', '{n} Pro Grounds'],
  'Public grounds': ['City of {c} Parks', '{c} School District Grounds', '{c} County Roads'],
  'Hardware store': ['{n} Hardware', '{c} True Hardware', '{n} Home & Lumber', '{n} Building Supply'],
  'Regional chain': [
    'Greenacre Home {c}',
    'Bluebarn Stores {c}',
    'Copper Creek Home Center {c}',
    'Prairie Depot {c}',
  ],
  'National chain': ['Homeward Stores {c}', 'Bigfield Home {c}'],
  'Web shop': ['{n} Tools Online', 'Yardcart {c}', '{n} Direct', 'Mowerbarn {c}'],
  Marketplace: ['Parcelway {c} hub', 'Everycart {c} hub'],
};

export const SUPPLIER_WORDS: Readonly<Record<string, readonly string[]>> = {
  metal: ['Steel', 'Tube', 'Metals', 'Wire'],
  castings: ['Castings', 'Forge', 'Precision', 'Hydraulics'],
  electronics: ['Electronics', 'Controls', 'Circuits', 'Drives'],
  cells: ['Energy', 'Cell', 'Power'],
  plastics: ['Polymers', 'Coatings', 'Resins'],
  hardware: ['Fasteners', 'Bearings', 'Industrial'],
  packaging: ['Packaging', 'Carton', 'Pallet'],
  goods: ['Rubber', 'Seating', 'Hose', 'Products'],
  spares: ['Parts', 'Service Parts', 'Components'],
};
