import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from '../ui/icon.tsx';

const SCHEMES = [
  { scheme: 'light', icon: 'sun', name: 'Light' },
  { scheme: 'dark', icon: 'moon', name: 'Dark' },
  { scheme: 'auto', icon: 'system', name: 'As the system' },
] as const satisfies readonly { scheme: 'light' | 'dark' | 'auto'; icon: IconName; name: string }[];

/** Light, dark, or what the system says. Remembered on this device. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = SCHEMES.find(({ scheme }) => scheme === colorScheme) ?? SCHEMES[2];
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Colours: ${current.name}`}>
          <Icon name={current.icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ scheme, icon, name }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icon} size={14} />}
            onClick={() => setColorScheme(scheme)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
