/**
 * What Fernhollow sells: the product lines, which are the third level of the item hierarchy.
 * Everything an item of a line has in common with the others stands here as data.
 */
import type { SeasonName } from './season.ts';

export const CHANNELS = ['dealer', 'retail', 'online'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How an item is built; `bought` items come finished from a supplier. */
export type RecipeName =
  | 'gas-mower'
  | 'battery-mower'
  | 'rider'
  | 'robot'
  | 'gas-handheld'
  | 'battery-handheld'
  | 'snow'
  | 'battery-snow'
  | 'gas-washer'
  | 'electric-washer'
  | 'tiller'
  | 'wood'
  | 'battery'
  | 'charger'
  | 'generator'
  | 'bought';

export type ProductLine = {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  readonly season: SeasonName;
  readonly recipe: RecipeName;
  /** Share of the finished items. */
  readonly weight: number;
  /** Net price of the smallest and the largest model, US dollars. */
  readonly price: readonly number[];
  /** Share of the net price that is left over standard cost. */
  readonly marginRatio: number;
  /** Change of demand a year. */
  readonly growthRatio: number;
  /** Share of demand by channel: dealer, retail, online. */
  readonly mix: readonly number[];
  /** Demand by warehouse region against the people who live there: RNO, MCI, HAR, ATL. */
  readonly climate: readonly number[];
  readonly stem: string;
  readonly noun: string;
  readonly models: readonly string[];
};

export const DIVISIONS: readonly (readonly [code: string, name: string])[] = [
  ['LAWN', 'Lawn care'],
  ['HAND', 'Handheld power'],
  ['WINTER', 'Snow and winter'],
  ['YARD', 'Garden and clean-up'],
  ['ENERGY', 'Batteries and power'],
  ['GEAR', 'Accessories'],
  ['PARTS', 'Service parts'],
];

export const FAMILIES: readonly (readonly [code: string, name: string, division: string])[] = [
  ['WALK', 'Walk-behind mowers', 'LAWN'],
  ['RIDE', 'Riding mowers', 'LAWN'],
  ['ROBO', 'Robotic mowers', 'LAWN'],
  ['TRIM', 'Trimmers and brush cutters', 'HAND'],
  ['SAW', 'Chain saws', 'HAND'],
  ['BLOW', 'Blowers', 'HAND'],
  ['HEDGE', 'Hedge and pole tools', 'HAND'],
  ['SNOW', 'Snow throwers', 'WINTER'],
  ['WASH', 'Pressure washers', 'YARD'],
  ['TILL', 'Tillers and cultivators', 'YARD'],
  ['WOOD', 'Chippers and splitters', 'YARD'],
  ['BATT', 'Batteries and chargers', 'ENERGY'],
  ['GEN', 'Generators', 'ENERGY'],
  ['CUT', 'Cutting accessories', 'GEAR'],
  ['CARE', 'Care and safety', 'GEAR'],
  ['ENGP', 'Engine parts', 'PARTS'],
  ['DRVP', 'Drive parts', 'PARTS'],
  ['ELCP', 'Electrical parts', 'PARTS'],
];

/** Demand by warehouse region against the people who live there: Reno, Kansas City, Harrisburg, Atlanta. */
const CLIMATES: Readonly<Record<string, readonly number[]>> = {
  LAWNS: [0.8, 1.1, 1, 1.1],
  EVEN: [1, 1, 1, 1],
  WINTERS: [0.5, 1.2, 1.6, 0],
  WOODS: [1.1, 1, 1, 0.9],
  STORMS: [0.7, 0.8, 1, 1.5],
};

// code | name | family | season | recipe | weight | price | margin | growth | dealer/retail/online | climate | stem | noun | models
const TABLE = `
PUSH | Gas push mowers | WALK | lawn | gas-mower | 10 | 190/330 | 0.29 | -0.05 | 0.25/0.6/0.15 | LAWNS | Clover | push mower | 18/20/21/22
SELF | Gas self-propelled mowers | WALK | lawn | gas-mower | 16 | 280/560 | 0.31 | -0.02 | 0.4/0.5/0.1 | LAWNS | Meadowlark | self-propelled mower | 20/21/22/26/30
BATM | Battery mowers | WALK | lawn | battery-mower | 16 | 260/620 | 0.33 | 0.13 | 0.3/0.4/0.3 | LAWNS | Voltgreen | battery mower | 17/19/20/21/25
TRAC | Lawn tractors | RIDE | rider | rider | 9 | 1350/2300 | 0.27 | 0.01 | 0.55/0.4/0.05 | LAWNS | Homestead | lawn tractor | 38/42/46/48/54
ZERO | Zero-turn mowers | RIDE | rider | rider | 10 | 2300/4300 | 0.29 | 0.06 | 0.75/0.25/0 | LAWNS | Pivot | zero-turn mower | 42/48/52/54/60/72
ROBH | Home robotic mowers | ROBO | robot | robot | 8 | 620/1500 | 0.37 | 0.2 | 0.45/0.15/0.4 | EVEN | Drover | robotic mower | 500/1000/1500/2500
ROBP | Professional robotic mowers | ROBO | robot | robot | 4 | 1900/3400 | 0.4 | 0.22 | 0.9/0/0.1 | EVEN | Drover Fleet | robotic mower | 5000/8000/12000
TRMG | Gas trimmers | TRIM | trim | gas-handheld | 12 | 110/290 | 0.33 | -0.06 | 0.5/0.4/0.1 | EVEN | Kestrel | string trimmer | 23/25/28/31/36
TRMB | Battery trimmers | TRIM | trim | battery-handheld | 14 | 90/260 | 0.36 | 0.12 | 0.3/0.35/0.35 | EVEN | Kestrel E | battery trimmer | 20V/40V/56V/60V/80V
SAWG | Gas chain saws | SAW | saw | gas-handheld | 14 | 150/560 | 0.34 | 0 | 0.7/0.25/0.05 | WOODS | Timberjay | chain saw | 35/39/45/50/55/62/70
SAWB | Battery chain saws | SAW | saw | battery-handheld | 10 | 130/390 | 0.37 | 0.14 | 0.4/0.3/0.3 | WOODS | Timberjay E | battery chain saw | 10/12/14/16/18
BLWG | Gas blowers | BLOW | blow | gas-handheld | 9 | 120/420 | 0.33 | -0.07 | 0.55/0.4/0.05 | EVEN | Zephyr | blower | 26/30/48/58/65
BLWB | Battery blowers | BLOW | blow | battery-handheld | 13 | 85/330 | 0.36 | 0.15 | 0.25/0.4/0.35 | EVEN | Zephyr E | battery blower | 450/530/600/670/800
HDGB | Battery hedge trimmers | HEDGE | hedge | battery-handheld | 10 | 85/240 | 0.36 | 0.09 | 0.35/0.35/0.3 | EVEN | Boxwood | hedge trimmer | 20/22/24/26
POLE | Pole tools | HEDGE | hedge | battery-handheld | 7 | 140/360 | 0.37 | 0.05 | 0.5/0.25/0.25 | EVEN | Treeline | pole saw | 8/10/12/14
SNW1 | Single-stage snow throwers | SNOW | snow | snow | 7 | 380/680 | 0.3 | 0 | 0.45/0.5/0.05 | WINTERS | Borealis | single-stage snow thrower | 18/21/22
SNW2 | Two-stage snow throwers | SNOW | snow | snow | 9 | 780/1850 | 0.31 | 0.01 | 0.65/0.35/0 | WINTERS | Borealis Two | two-stage snow thrower | 24/26/28/30/32
SNWB | Battery snow throwers | SNOW | snow | battery-snow | 5 | 420/980 | 0.34 | 0.13 | 0.35/0.35/0.3 | WINTERS | Borealis E | battery snow thrower | 18/20/22/24
WSHG | Gas pressure washers | WASH | wash | gas-washer | 9 | 260/640 | 0.3 | 0 | 0.4/0.5/0.1 | EVEN | Riverbend | gas pressure washer | 2800/3100/3400/4000
WSHE | Electric pressure washers | WASH | wash | electric-washer | 8 | 110/290 | 0.33 | 0.06 | 0.1/0.5/0.4 | EVEN | Riverbend E | electric pressure washer | 1600/1900/2100/2300
TILF | Cultivators | TILL | till | tiller | 6 | 190/420 | 0.31 | 0.01 | 0.4/0.45/0.15 | LAWNS | Loam | cultivator | 9/10/16/21
TILR | Rear-tine tillers | TILL | till | tiller | 5 | 560/1150 | 0.3 | 0 | 0.7/0.3/0 | LAWNS | Loam Pro | rear-tine tiller | 16/18/20
CHIP | Chipper shredders | WOOD | wood | wood | 5 | 520/1450 | 0.32 | 0.03 | 0.65/0.25/0.1 | WOODS | Thicket | chipper shredder | 2/3/4/5
SPLT | Log splitters | WOOD | wood | wood | 5 | 780/1900 | 0.3 | 0.01 | 0.7/0.3/0 | WOODS | Hearthside | log splitter | 20/25/28/35
BATP | Battery packs | BATT | gift | battery | 9 | 70/310 | 0.41 | 0.16 | 0.3/0.3/0.4 | EVEN | Ember | battery pack | 2Ah/3Ah/4Ah/5Ah/6Ah/8Ah/10Ah
CHRG | Chargers | BATT | gift | charger | 5 | 35/130 | 0.4 | 0.12 | 0.3/0.3/0.4 | EVEN | Ember | charger | 2A/4A/8A/dual-port 6A
GENI | Inverter generators | GEN | storm | generator | 7 | 430/1250 | 0.31 | 0.08 | 0.35/0.4/0.25 | STORMS | Lantern | inverter generator | 1800/2200/2800/3500/4500
GENO | Open-frame generators | GEN | storm | generator | 6 | 480/1550 | 0.28 | 0.02 | 0.4/0.5/0.1 | STORMS | Lantern Site | generator | 4000/5500/7500/9500
LINE | Trimmer line and heads | CUT | trim | bought | 10 | 9/42 | 0.44 | 0.03 | 0.4/0.4/0.2 | EVEN | Sickle | trimmer line | .065/.080/.095/.105/bump head
BLAD | Blades and chains | CUT | care | bought | 10 | 14/58 | 0.43 | 0.03 | 0.55/0.3/0.15 | EVEN | Sickle | saw chain and blade set | 14/16/18/20/21/42
OILS | Oils and care | CARE | care | bought | 8 | 8/46 | 0.42 | 0.02 | 0.5/0.4/0.1 | EVEN | Shed | care kit | engine oil/bar oil/fuel mix/stabiliser/tune-up
SAFE | Safety gear | CARE | saw | bought | 7 | 16/140 | 0.44 | 0.04 | 0.45/0.3/0.25 | EVEN | Shed | safety set | helmet/gloves/chaps/visor/hearing
`;

function lineOf(text: string): ProductLine {
  const cells = text.split(' | ');
  const [
    code,
    name,
    family,
    season,
    recipe,
    weight,
    price,
    margin,
    growth,
    mix,
    climate,
    stem,
    noun,
    models,
  ] = cells;
  const numbers = (cell: string): number[] => cell.split('/').map(Number);
  return {
    code,
    name,
    family,
    season: season as SeasonName,
    recipe: recipe as RecipeName,
    weight: Number(weight),
    price: numbers(price),
    marginRatio: Number(margin),
    growthRatio: Number(growth),
    mix: numbers(mix),
    climate: CLIMATES[climate],
    stem,
    noun,
    models: models.split('/'),
  };
}

export const PRODUCT_LINES: readonly ProductLine[] = TABLE.trim().split('\n').map(lineOf);

/** Model grades of a line, from the plain one up. */
export const GRADES: readonly string[] = [
  '',
  ' Plus',
  ' Pro',
  ' Select',
  ' XT',
  ' Classic',
  ' HD',
  ' Heritage',
];

/** A line of service parts: sold now and then, mostly by dealers. */
export type SpareLine = {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  readonly price: readonly [number, number];
  readonly nouns: readonly string[];
};

export const SPARE_LINES: readonly SpareLine[] = [
  {
    code: 'FUEL',
    name: 'Fuel and air',
    family: 'ENGP',
    price: [6, 88],
    nouns: ['carburetor', 'air filter housing', 'fuel tank', 'throttle linkage', 'intake gasket set'],
  },
  {
    code: 'IGNT',
    name: 'Ignition and starting',
    family: 'ENGP',
    price: [9, 130],
    nouns: ['ignition coil', 'recoil starter', 'flywheel', 'electric starter', 'stator'],
  },
  {
    code: 'BELT',
    name: 'Belts and pulleys',
    family: 'DRVP',
    price: [11, 75],
    nouns: ['deck belt', 'idler pulley', 'traction belt', 'belt keeper', 'spindle'],
  },
  {
    code: 'WHEL',
    name: 'Wheels and bearings',
    family: 'DRVP',
    price: [8, 140],
    nouns: ['drive wheel', 'axle bearing', 'caster fork', 'wheel hub', 'transaxle kit'],
  },
  {
    code: 'SWCH',
    name: 'Switches and harnesses',
    family: 'ELCP',
    price: [7, 95],
    nouns: ['ignition switch', 'seat switch', 'wiring harness', 'trigger switch', 'blade clutch'],
  },
  {
    code: 'BORD',
    name: 'Boards and sensors',
    family: 'ELCP',
    price: [28, 260],
    nouns: ['control board', 'tilt sensor', 'charging board', 'display module', 'boundary receiver'],
  },
];
