import { HolderPage } from '../components/holder-page';
import { KEYS } from '../holders/keys';

export default function Keys() {
  return <HolderPage kind={KEYS} />;
}
