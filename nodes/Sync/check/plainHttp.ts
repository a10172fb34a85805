import { checkFinding, hostOfUrl, isLocal, type CheckArea, type CheckFinding } from '../../../core';

/** A finding where a credential leads out of the own network without https. `url` has to be an address. */
export const plainHttp = (area: CheckArea, url: string): CheckFinding[] =>
	/^http:/i.test(url) && !isLocal(url) ? [checkFinding(area, 'error', 'CHECK_PLAIN_HTTP', { host: hostOfUrl(url) })] : [];
