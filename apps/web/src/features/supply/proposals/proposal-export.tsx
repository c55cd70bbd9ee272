import { ActionIcon, Menu } from '@mantine/core';
import { EXPORT_FORMATS, type Proposal } from '@planwright/contracts';
import { client } from '../../../app/client.ts';
import { useCompany } from '../../../app/session.ts';
import { Icon } from '../../../ui/icon.tsx';

const FORMAT_WORDS = { csv: 'Figures (CSV)', xlsx: 'Workbook (Excel)' } as const;

/** All proposals in the state that is shown, as a file: not only those read so far. */
export function ProposalExport({ status }: { status: Proposal['status'] | undefined }) {
  const { slug } = useCompany();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="Save all of these proposals">
          <Icon name="download" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORT_FORMATS.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            download
            href={client.downloadAddress('exportProposals', {
              params: { company: slug },
              query: { ...(status === undefined ? {} : { status }), format },
            })}
          >
            {FORMAT_WORDS[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
