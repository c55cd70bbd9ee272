import '@fontsource-variable/inter/opsz.css';
import './app/mantine.css';
import './app/base.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './app/query-client.ts';
import { createPageRouter } from './app/router.tsx';
import { resolveCssVariables, theme } from './app/theme.tsx';

const queries = createQueryClient();
const router = createPageRouter(queries);
const colourScheme = localStorageColorSchemeManager({ key: 'planwright-theme' });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has an element #root.');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
