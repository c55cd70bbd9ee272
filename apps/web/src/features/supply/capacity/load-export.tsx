import { ActionIcon, Menu } from '@mantine/core';
import { usePalette } from '../../../app/theme.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { csvText, saveFile } from '../../../ui/save-file.ts';
import { loadSvg } from './load-svg.ts';
import type { ResourceLoads } from './load-scale.ts';

const FILE = 'load-of-resources';

/** The map as a picture, a drawing, or its figures. */
export function LoadExport({ loads }: { loads: ResourceLoads }) {
  const palette = usePalette();
  const saveCsv = (): void => {
    const rows = loads.resources.flatMap((resource) =>
      loads.horizon.buckets.map((bucket, index) => [
        resource.code,
        resource.name,
        bucket.label,
        bucket.startsOn,
        resource.loadHours[index] ?? null,
        resource.capacityHours[index] ?? null,
      ]),
    );
    const head = ['Resource', 'Name', 'Bucket', 'Starts on', 'Load (hours)', 'Capacity (hours)'];
    saveFile(`${FILE}.csv`, csvText([head, ...rows]), 'text/csv');
  };
  const savePng = async (): Promise<void> => {
    const { svg, width, height } = loadSvg(loads, palette);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => (blob === null ? undefined : saveFile(`${FILE}.png`, blob)), 'image/png');
  };
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="Save this map">
          <Icon name="download" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void savePng()}>Picture (PNG)</Menu.Item>
        <Menu.Item onClick={() => saveFile(`${FILE}.svg`, loadSvg(loads, palette).svg, 'image/svg+xml')}>
          Drawing (SVG)
        </Menu.Item>
        <Menu.Item onClick={saveCsv}>Figures (CSV)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
