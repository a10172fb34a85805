import { ourNodes } from './ourNodes.cts';
import { describePanels } from './panels.cts';

describePanels(ourNodes().filter(({ folder }) => folder !== 'MoySklad'));
