import { usePagedList } from '../../../app/paged-list.ts';
import { useCompany } from '../../../app/session.ts';

const PAGE_ROWS = 200;

/** The launches read so far, the newest first. */
export function useLaunches() {
  const { slug } = useCompany();
  return usePagedList('listLaunches', { params: { company: slug }, query: { limit: PAGE_ROWS } });
}

/** The successions read so far, the newest first. */
export function useSuccessions() {
  const { slug } = useCompany();
  return usePagedList('listSuccessions', { params: { company: slug }, query: { limit: PAGE_ROWS } });
}
