/** One thread of the benchmark: plans runs of sub-networks of the network it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FiniteNetwork, type FiniteOptions, planFiniteSubnetworks } from '@planwright/supply';

const { network, options } = workerData as { network: FiniteNetwork; options: FiniteOptions };

parentPort?.on('message', ({ from, to }: { from: number; to: number }) => {
  const { demands: _, ...plan } = planFiniteSubnetworks(network, from, to, options);
  parentPort?.postMessage({ from, plan }, buffersOf(plan));
});
parentPort?.postMessage('ready');

/** The buffers of all columns of the plan's tables: they change hands instead of being copied. */
function buffersOf(plan: object): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  for (const value of Object.values(plan) as unknown[]) {
    if (value instanceof Float64Array) buffers.push(value.buffer as ArrayBuffer);
    else if (value instanceof Object && 'count' in value) {
      for (const column of Object.values(value) as unknown[]) {
        if (ArrayBuffer.isView(column)) buffers.push(column.buffer as ArrayBuffer);
      }
    }
  }
  return buffers;
}
