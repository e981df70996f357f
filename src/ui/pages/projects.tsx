import { HolderPage } from '../components/holder-page';
import { PROJECTS } from '../holders/projects';

export default function Projects() {
  return <HolderPage kind={PROJECTS} />;
}
