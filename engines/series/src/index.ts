export { assertSameShape, blockFromRows, makeBlock, observedSum, rowOf, type SeriesBlock } from './block.ts';
export {
  type Hierarchy,
  keysUnder,
  makeHierarchy,
  NO_PARENT,
  nodeInCircle,
  rollUp,
  rollUpWeighted,
} from './hierarchy.ts';
export { spread, spreadDown } from './spread.ts';
