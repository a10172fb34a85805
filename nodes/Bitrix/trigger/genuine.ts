import type { IWebhookFunctions } from 'n8n-workflow';
import type { BroughtEvents } from './brought';
import { portalCall } from './portalCall';
import { sourceOf, type ReceptionOptions } from './settings';
import { siteCall } from './siteCall';

/** Reads a call of the chosen source. `proved`: what proved calls of the open window to be genuine. */
export const genuineCall = async (context: IWebhookFunctions, options: ReceptionOptions, proved: string | undefined): Promise<BroughtEvents> =>
	sourceOf(context) === 'siteHandler' ? await siteCall(context) : await portalCall(context, options, proved);
