import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useCompany } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { countInWords, formatNumber } from '../../ui/number-format.ts';
import { Refused } from '../../ui/problem.tsx';
import { Section } from '../../ui/screen.tsx';
import { beginningsOf, type ChosenFiles, chosenFiles } from './chosen-files.ts';
import type { DataScope } from './data-address.ts';
import { FilePreview } from './file-preview.tsx';
import css from './new-import.module.css';

const NOTHING: ChosenFiles = { files: [], mapping: null, bytes: 0 };

/** Brings files in: choose them, look at them, say by a mapping what is what, then import. */
export function NewImport({ scope }: { scope: DataScope }) {
  const { may, whyNot } = useCompany();
  const { chosen, mapping, setMapping, preview, upload, choose } = useNewImport(scope);
  if (!may('data.import')) return <EmptyState title="Here files are imported." why={whyNot('data.import')} />;
  return (
    <>
      <Section
        title="1. Choose the files"
        note="CSV, Excel or Parquet. A mapping file (.yaml) may be among them."
        id="choose"
      >
        <FileChoice onChoose={(list) => void choose(list)} />
        <p className={css.chosen} role="status">
          {chosen.files.length === 0
            ? 'Nothing is chosen yet.'
            : `${countInWords(chosen.files.length, 'file')}, ${formatNumber(chosen.bytes / 1_000_000, 1)} MB${chosen.mapping === null ? '' : ', with a mapping'}.`}
        </p>
        <Refused error={preview.error} />
        {preview.isPending ? <p role="status">Looking at the files …</p> : null}
        {preview.data === undefined ? null : <FilePreview files={preview.data.files} />}
      </Section>
      <Section
        title="2. Say what is what"
        note="The mapping names, for each table, the file, its columns and how they are read."
        id="map"
      >
        <Textarea
          aria-label="Mapping (YAML)"
          placeholder="Choose files first: a mapping to start from is suggested here."
          value={mapping}
          onChange={(event) => setMapping(event.target.value)}
          rows={14}
          spellCheck={false}
          classNames={{ input: css.code }}
        />
      </Section>
      <Section
        title="3. Import"
        note="All or nothing is stored at once; a row that is wrong is left out and listed. The newest import can be undone."
        id="import"
      >
        <Refused error={upload.error} />
        <div className={css.acts}>
          <Button
            onClick={() => upload.mutate()}
            loading={upload.isPending}
            disabled={chosen.files.length === 0 || mapping.trim() === ''}
          >
            {chosen.files.length === 0
              ? 'Import files'
              : `Import ${countInWords(chosen.files.length, 'file')}`}
          </Button>
          {upload.isPending ? <span role="status">Sending the files …</span> : null}
        </div>
      </Section>
    </>
  );
}

/** What is chosen and how it is read, with the calls that look at it and send it. */
function useNewImport(scope: DataScope) {
  const { slug } = useCompany();
  const params = { company: slug };
  const [chosen, setChosen] = useState(NOTHING);
  const [mapping, setMapping] = useState('');
  const preview = useMutation({
    mutationFn: (files: ChosenFiles['files']) => client.previewFiles({ params, files: beginningsOf(files) }),
    onSuccess: (found) => setMapping((own) => (own === '' ? found.mapping : own)),
  });
  const upload = useMutation({
    mutationFn: () => client.uploadImport({ params, mapping, files: chosen.files }),
    onSuccess: ({ id }) => scope.change({ view: 'imports', import: id }),
  });
  const choose = async (list: FileList | null): Promise<void> => {
    const next = await chosenFiles([...(list ?? [])]);
    // A mapping chosen by itself joins the files chosen before it.
    const merged = next.files.length === 0 ? { ...chosen, mapping: next.mapping } : next;
    setChosen(merged);
    setMapping(merged.mapping ?? '');
    upload.reset();
    if (next.files.length > 0) preview.mutate(next.files);
  };
  return { chosen, mapping, setMapping, preview, upload, choose };
}

function FileChoice({ onChoose }: { onChoose: (list: FileList | null) => void }) {
  return (
    <div className={css.choices}>
      <label className={css.choice}>
        <span>Choose a folder</span>
        {/* React knows no property for it, so the attribute is set on the element. */}
        <input
          type="file"
          ref={(input) => input?.setAttribute('webkitdirectory', '')}
          onChange={(event) => onChoose(event.target.files)}
        />
      </label>
      <label className={css.choice}>
        <span>Choose files</span>
        <input
          type="file"
          multiple
          accept=".csv,.tsv,.txt,.gz,.xlsx,.parquet,.yaml,.yml"
          onChange={(event) => onChoose(event.target.files)}
        />
      </label>
    </div>
  );
}
