import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { Shell } from './components/shell';
import { useSession } from './lib/session';
import { Overview } from './pages/overview';
import { SignIn } from './pages/sign-in';

const Explore = lazy(() => import('./pages/explore'));
const Logs = lazy(() => import('./pages/logs'));
const Keys = lazy(() => import('./pages/keys'));
const Teams = lazy(() => import('./pages/teams'));
const Organizations = lazy(() => import('./pages/organizations'));
const Projects = lazy(() => import('./pages/projects'));
const Users = lazy(() => import('./pages/users'));
const Customers = lazy(() => import('./pages/customers'));
const Tags = lazy(() => import('./pages/tags'));
const Limits = lazy(() => import('./pages/limits'));
const Prices = lazy(() => import('./pages/prices'));
const Alerts = lazy(() => import('./pages/alerts'));
const Audit = lazy(() => import('./pages/audit'));
const Health = lazy(() => import('./pages/health'));

export function App() {
  const { isSignedIn } = useSession();
  if (!isSignedIn) return <SignIn />;
  return (
    <Shell>
      <Suspense
        fallback={
          <Center mih={300}>
            <Loader aria-label="Loading" />
          </Center>
        }
      >
        <Routes>
          <Route index element={<Overview />} />
          <Route path="explore" element={<Explore />} />
          <Route path="logs" element={<Logs />} />
          <Route path="keys" element={<Keys />} />
          <Route path="teams" element={<Teams />} />
          <Route path="organizations" element={<Organizations />} />
          <Route path="projects" element={<Projects />} />
          <Route path="users" element={<Users />} />
          <Route path="customers" element={<Customers />} />
          <Route path="tags" element={<Tags />} />
          <Route path="limits" element={<Limits />} />
          <Route path="prices" element={<Prices />} />
          <Route path="alerts" element={<Alerts />} />
          <Route path="audit" element={<Audit />} />
          <Route path="health" element={<Health />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
