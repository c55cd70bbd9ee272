import { Section } from '../../ui/screen.tsx';
import { NewCompanyForm } from './new-company-form.tsx';

/** A further company in the same installation, apart from this one in everything. */
export function NewCompanyPart() {
  return (
    <Section
      title="Another company"
      note="Starts empty, with you as its administrator. Nothing is shared with this one."
      id="new-company"
    >
      <NewCompanyForm />
    </Section>
  );
}
