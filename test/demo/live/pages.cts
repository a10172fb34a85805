import { PAGE_PATH } from '../../simulators/pages/livePage.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { RunningMoySklad } from '../../simulators/moysklad/start.cts';

/** Where a platform shows its page. */
export const pageOf = ({ url }: { url: string }): string => `${url}${PAGE_PATH}`;

/** Each page leads to the other one. */
export function joinPages(moySklad: RunningMoySklad, bitrix: RunningBitrix): void {
	if (moySklad.page) moySklad.page.other = pageOf(bitrix);
	if (bitrix.page) bitrix.page.other = pageOf(moySklad);
}
