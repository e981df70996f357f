import { HolderPage } from '../components/holder-page';
import { USERS } from '../holders/users';

export default function Users() {
  return <HolderPage kind={USERS} />;
}
