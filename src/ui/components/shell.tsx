import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  AlertIcon,
  BriefcaseIcon,
  GraphIcon,
  HashIcon,
  HistoryIcon,
  HomeIcon,
  KeyIcon,
  LogIcon,
  MeterIcon,
  MoonIcon,
  OrganizationIcon,
  PeopleIcon,
  PersonIcon,
  ProjectIcon,
  PulseIcon,
  SunIcon,
  TagIcon,
  type Icon,
} from '@primer/octicons-react';
import type { ReactNode } from 'react';
import { NavLink as RouterLink, useLocation } from 'react-router';
import { useSession } from '../lib/session';
import { useViewer, type Viewing } from '../lib/use-viewer';

interface Place {
  readonly path: string;
  readonly label: string;
  readonly icon: Icon;
  /** For everybody when left out. */
  readonly isFor?: (viewer: Viewing) => boolean;
}

const PLACES: readonly Place[] = [
  { path: '/', label: 'Overview', icon: HomeIcon },
  { path: '/explore', label: 'Explore', icon: GraphIcon },
  { path: '/logs', label: 'Logs', icon: LogIcon },
  { path: '/limits', label: 'Limits', icon: MeterIcon },
  { path: '/keys', label: 'Keys', icon: KeyIcon },
  { path: '/teams', label: 'Teams', icon: PeopleIcon },
  { path: '/projects', label: 'Projects', icon: ProjectIcon },
  { path: '/organizations', label: 'Organizations', icon: OrganizationIcon },
  { path: '/users', label: 'Users', icon: PersonIcon },
  { path: '/customers', label: 'Customers', icon: BriefcaseIcon },
  { path: '/tags', label: 'Tags', icon: HashIcon },
  { path: '/prices', label: 'Models and prices', icon: TagIcon },
  { path: '/alerts', label: 'Alerts', icon: AlertIcon },
  { path: '/audit', label: 'Audit log', icon: HistoryIcon, isFor: ({ seesAudit }) => seesAudit },
  { path: '/health', label: 'Health', icon: PulseIcon, isFor: ({ seesEverything }) => seesEverything },
];

export function Shell({ children }: { readonly children: ReactNode }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const viewer = useViewer();
  const places = PLACES.filter(({ isFor }) => isFor?.(viewer) !== false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="lg"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between">
          <Group gap="sm">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <img src="/ui/icon.svg" alt="" width={26} height={26} />
            <Text fw={700}>spendgraph</Text>
          </Group>
          <Group gap="xs">
            <ColorSchemeButton />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Pages">
        <ScrollArea>
          {places.map(({ path, label, icon: IconOf }) => (
            <NavLink
              key={path}
              component={RouterLink}
              to={path}
              label={label}
              leftSection={<IconOf size={16} aria-hidden />}
              active={path === '/' ? pathname === '/' : pathname.startsWith(path)}
              variant="filled"
              onClick={close}
            />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}

function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Use ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
  );
}

function Account() {
  const { signOut } = useSession();
  const { name } = useViewer();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Account">
          <PersonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Signed in: {name}</Menu.Label>
        <Menu.Item onClick={signOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
