import type { Portal } from '../portal.cts';

/** What feature.get knows. */
const FEATURES = ['rest_offline_extended', 'rest_auth_connector'];

/** Whether the plan includes a feature. A server of one's own has no plan. */
export const hasFeature = ({ edition, switches }: Portal, feature: string): boolean =>
	FEATURES.includes(feature) && !(edition === 'cloud' && switches.lackingFeatures.includes(feature));
