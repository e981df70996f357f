import { HolderPage } from '../components/holder-page';
import { ORGANIZATIONS } from '../holders/organizations';

export default function Organizations() {
  return <HolderPage kind={ORGANIZATIONS} />;
}
