import { Link } from '@tanstack/react-router';
import { useCompany } from '../../../app/session.ts';
import form from '../supply-form.module.css';
import type { ExceptionDetail } from './exception-panel.tsx';

/** From an exception to the figures it speaks of. */
export function ExceptionLinks({ exception }: { exception: ExceptionDetail }) {
  const { slug } = useCompany();
  const link = { to: '/c/$company/supply', params: { company: slug } } as const;
  const { stockPointId, resource, supplier, item, bucketOn } = exception;
  const bucket = bucketOn ?? undefined;
  return (
    <p className={form.links}>
      {stockPointId === null ? null : (
        <Link {...link} search={{ point: String(stockPointId), bucket }}>
          Its record, and why
        </Link>
      )}
      {item === null ? null : (
        <Link {...link} search={{ view: 'late', item }}>
          Its late demand
        </Link>
      )}
      {resource === null ? null : (
        <Link {...link} search={{ view: 'load', resource, bucket }}>
          Its hours and loads
        </Link>
      )}
      {supplier === null ? null : (
        <Link {...link} search={{ view: 'orders', from: supplier }}>
          Its proposals
        </Link>
      )}
    </p>
  );
}
