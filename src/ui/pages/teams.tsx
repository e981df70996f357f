import { HolderPage } from '../components/holder-page';
import { TEAMS } from '../holders/teams';

export default function Teams() {
  return <HolderPage kind={TEAMS} />;
}
