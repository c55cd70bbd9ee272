/**
 * Working memory that goes from series to series: an array of its own for each of them costs as much as a pass of smoothing, once
 * to get and once to collect. What lies in a room lasts until the next caller, and a room may be longer than asked for.
 */
export function sharedRoom(): (count: number) => Float64Array {
  let room = new Float64Array(256);
  return (count) => {
    if (room.length < count) room = new Float64Array(2 * count);
    return room;
  };
}
