/**
 * What products are made of, as data. A slot is a kind of part with a pool of variants between a small and a
 * large cost (US dollars a unit). A fill is a slot or a work centre with its share of the aimed cost.
 */
import type { RecipeName } from './catalogue.ts';
import { CEDAR_RAPIDS, GREENVILLE } from './sites.ts';

export type Commodity =
  | 'metal'
  | 'castings'
  | 'electronics'
  | 'cells'
  | 'plastics'
  | 'hardware'
  | 'packaging'
  | 'goods'
  | 'spares';

export type Fill = { readonly slot: string; readonly share: number };

type Slot = {
  readonly slot: string;
  readonly noun: string;
  readonly home: number;
  readonly low: number;
  readonly high: number;
  readonly variants: number;
};
/** A raw part is bought by the kilogram or metre: its quantity per assembly makes the cost. */
export type BoughtSlot = Slot & {
  readonly kind: 'component' | 'raw';
  readonly unit: string;
  readonly commodity: Commodity;
};
export type Recipe = { readonly fills: readonly Fill[]; readonly steps: readonly Fill[] };
export type MadeSlot = Slot & Recipe;

// slot | noun | kind | unit | plant | lowest cost | highest cost | variants | commodity
const BOUGHT_TABLE = `
STEEL | sheet steel coil | raw | KG | CID | 1.1 | 1.9 | 4 | metal
TUBE | steel tube | raw | M | CID | 2.4 | 5.2 | 3 | metal
ALLOY | aluminum casting alloy | raw | KG | CID | 3.1 | 4.4 | 3 | metal
POWDER | powder coat | raw | KG | CID | 6.5 | 9 | 4 | plastics
RESIN | ABS resin | raw | KG | GSP | 2.2 | 4.6 | 4 | plastics
COPPER | enamelled copper wire | raw | KG | GSP | 9.5 | 13 | 3 | metal
MAGSTEEL | lamination steel | raw | KG | GSP | 2.3 | 3.4 | 2 | metal
CRANK | crankshaft and piston set | component | EA | CID | 9 | 60 | 8 | castings
CARBU | carburetor | component | EA | CID | 6 | 34 | 6 | castings
IGNSET | ignition set | component | EA | CID | 5 | 26 | 5 | electronics
GEARSET | gear set | component | EA | CID | 6 | 90 | 8 | castings
BEARING | bearing set | component | EA | CID | 2 | 24 | 6 | hardware
HANDLE | handle and control kit | component | EA | CID | 9 | 60 | 6 | hardware
WHEELS | wheel set | component | EA | CID | 8 | 130 | 8 | goods
BLADE | blade kit | component | EA | CID | 4 | 60 | 6 | castings
SEAT | seat and steering kit | component | EA | CID | 60 | 260 | 5 | goods
ALTERN | alternator head | component | EA | CID | 60 | 330 | 6 | electronics
PANEL | control panel | component | EA | CID | 14 | 110 | 5 | electronics
HOSE | hose and gun kit | component | EA | CID | 12 | 70 | 5 | goods
HYDRO | hydraulic cylinder kit | component | EA | CID | 90 | 320 | 4 | castings
HARDC | fastener kit | component | EA | CID | 1.5 | 16 | 6 | hardware
BOXC | carton and pallet | component | EA | CID | 2.5 | 38 | 8 | packaging
CELL | lithium cell | component | EA | GSP | 1.9 | 3.6 | 4 | cells
BMS | battery management board | component | EA | GSP | 4 | 22 | 5 | electronics
MAGNET | magnet set | component | EA | GSP | 2 | 14 | 5 | metal
BOARD | motor controller | component | EA | GSP | 6 | 70 | 8 | electronics
SENSOR | sensor and antenna kit | component | EA | GSP | 40 | 380 | 5 | electronics
HEAD | cutting head kit | component | EA | GSP | 7 | 70 | 8 | castings
TWOSTK | cylinder and piston kit | component | EA | GSP | 9 | 70 | 6 | castings
CARBS | diaphragm carburetor | component | EA | GSP | 5 | 24 | 5 | castings
WASHP | axial pump | component | EA | GSP | 16 | 60 | 4 | castings
TRANSF | charger module | component | EA | GSP | 11 | 55 | 5 | electronics
HARDG | screw and clip kit | component | EA | GSP | 0.8 | 6 | 5 | hardware
BOXG | printed carton | component | EA | GSP | 1.2 | 12 | 8 | packaging
`;

// slot | noun | plant | lowest cost | highest cost | variants | parts | work centres
const MADE_TABLE = `
ENGINE | engine | CID | 55 | 620 | 11 | CRANK:0.17 CARBU:0.1 IGNSET:0.09 ALLOY:0.25 BEARING:0.06 | CID-MACH:0.16 CID-ENG:0.17
DECK | mower deck | CID | 24 | 280 | 9 | STEEL:0.46 POWDER:0.08 BEARING:0.12 | CID-PRESS:0.1 CID-WELD:0.12 CID-PAINT:0.12
FRAME | frame | CID | 22 | 380 | 10 | TUBE:0.34 STEEL:0.24 POWDER:0.07 | CID-WELD:0.22 CID-PAINT:0.13
DRIVE | gearbox | CID | 20 | 360 | 10 | GEARSET:0.4 ALLOY:0.2 BEARING:0.1 | CID-MACH:0.3
AUGER | auger housing | CID | 35 | 230 | 6 | STEEL:0.52 POWDER:0.08 BEARING:0.06 | CID-PRESS:0.1 CID-WELD:0.14 CID-PAINT:0.1
PUMP | pressure pump | CID | 35 | 130 | 4 | ALLOY:0.36 BEARING:0.14 GEARSET:0.2 | CID-MACH:0.3
PACK | battery pack | GSP | 22 | 330 | 10 | CELL:0.6 BMS:0.13 RESIN:0.06 | GSP-MOULD:0.04 GSP-PACK:0.17
MOTOR | brushless motor | GSP | 11 | 110 | 8 | COPPER:0.26 MAGNET:0.24 MAGSTEEL:0.2 | GSP-WIND:0.3
SHELL | molded housing | GSP | 5 | 75 | 10 | RESIN:0.58 HARDG:0.08 | GSP-MOULD:0.34
SMALLENG | two-stroke engine | GSP | 28 | 190 | 8 | TWOSTK:0.42 CARBS:0.16 MAGNET:0.08 | GSP-ENG:0.34
`;

// recipe | parts | work centres
const RECIPE_TABLE = `
gas-mower | ENGINE:0.38 DECK:0.17 HANDLE:0.09 WHEELS:0.09 BLADE:0.05 HARDC:0.03 BOXC:0.04 | CID-WALK:0.13 CID-TEST:0.02
battery-mower | PACK:0.33 MOTOR:0.14 DECK:0.13 HANDLE:0.08 WHEELS:0.08 BLADE:0.03 HARDC:0.02 BOXC:0.03 | CID-WALK:0.14 CID-TEST:0.02
rider | ENGINE:0.29 FRAME:0.16 DECK:0.11 DRIVE:0.14 SEAT:0.1 WHEELS:0.05 BLADE:0.02 BOXC:0.02 | CID-RIDE:0.09 CID-TEST:0.02
robot | PACK:0.16 MOTOR:0.1 SHELL:0.07 BOARD:0.08 SENSOR:0.36 HEAD:0.04 BOXG:0.02 | GSP-ROBO:0.17
gas-handheld | SMALLENG:0.45 SHELL:0.12 HEAD:0.2 HARDG:0.03 BOXG:0.04 | GSP-HAND:0.16
battery-handheld | PACK:0.36 MOTOR:0.16 SHELL:0.1 BOARD:0.11 HEAD:0.1 BOXG:0.03 | GSP-HAND:0.14
snow | ENGINE:0.36 AUGER:0.2 DRIVE:0.14 WHEELS:0.07 HANDLE:0.06 HARDC:0.02 BOXC:0.03 | CID-YARD:0.1 CID-TEST:0.02
battery-snow | PACK:0.38 MOTOR:0.12 AUGER:0.2 WHEELS:0.06 HANDLE:0.06 BOXC:0.03 | CID-YARD:0.13 CID-TEST:0.02
gas-washer | ENGINE:0.42 PUMP:0.22 FRAME:0.1 HOSE:0.1 BOXC:0.03 | CID-YARD:0.11 CID-TEST:0.02
electric-washer | MOTOR:0.28 WASHP:0.3 SHELL:0.2 BOXG:0.05 | GSP-HAND:0.17
tiller | ENGINE:0.4 DRIVE:0.2 FRAME:0.12 BLADE:0.08 HANDLE:0.06 BOXC:0.03 | CID-YARD:0.11
wood | ENGINE:0.36 HYDRO:0.22 FRAME:0.22 WHEELS:0.05 BOXC:0.02 | CID-YARD:0.13
battery | PACK:0.88 BOXG:0.04 | GSP-PACK:0.08
charger | TRANSF:0.62 SHELL:0.16 BOXG:0.06 | GSP-HAND:0.16
generator | ENGINE:0.38 ALTERN:0.26 FRAME:0.12 PANEL:0.08 BOXC:0.02 | CID-YARD:0.12 CID-TEST:0.02
`;

const PLANTS: Readonly<Record<string, number>> = { CID: CEDAR_RAPIDS, GSP: GREENVILLE };

const rowsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' | '));

const fillsOf = (cell: string): Fill[] =>
  cell.split(' ').map((text) => {
    const [slot, share] = text.split(':');
    return { slot, share: Number(share) };
  });

export const BOUGHT_SLOTS: readonly BoughtSlot[] = rowsOf(BOUGHT_TABLE).map(
  ([slot, noun, kind, unit, plant, low, high, variants, commodity]) => ({
    slot,
    noun,
    kind: kind as 'component' | 'raw',
    unit,
    home: PLANTS[plant],
    low: Number(low),
    high: Number(high),
    variants: Number(variants),
    commodity: commodity as Commodity,
  }),
);

export const MADE_SLOTS: readonly MadeSlot[] = rowsOf(MADE_TABLE).map(
  ([slot, noun, plant, low, high, variants, parts, steps]) => ({
    slot,
    noun,
    home: PLANTS[plant],
    low: Number(low),
    high: Number(high),
    variants: Number(variants),
    fills: fillsOf(parts),
    steps: fillsOf(steps),
  }),
);

export const RECIPES: ReadonlyMap<RecipeName, Recipe> = new Map(
  rowsOf(RECIPE_TABLE).map(([recipe, parts, steps]) => [
    recipe as RecipeName,
    { fills: fillsOf(parts), steps: fillsOf(steps) },
  ]),
);
