import { HolderPage } from '../components/holder-page';
import { CUSTOMERS } from '../holders/customers';

export default function Customers() {
  return <HolderPage kind={CUSTOMERS} />;
}
