import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Screen } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** One demand stream taken apart. */
export function StreamView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('getDemandKey', { params: { company: slug, keyId: Number(scope.shown.stream) } }),
  );
  return (
    <Screen
      name="Demand"
      question={`${data.key.item} ${data.key.itemName}`}
      answer={data.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
    >
      <DemandViews scope={scope} />
    </Screen>
  );
}
