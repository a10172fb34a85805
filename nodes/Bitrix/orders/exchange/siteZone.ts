import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const zoneOption: INodeProperties = {
	displayName: 'Time Zone of the Site',
	name: 'zone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Moscow',
	description: 'Documents of the exchange say what the clocks of the site show; the time zone of the workflow when empty',
};

/** In which time zone the clocks of the site go. */
export function siteZone(context: IExecuteFunctions): string {
	const zone = String(context.getNodeParameter('options.zone', 0, '')).trim();
	return zone === '' ? context.getTimezone() : zone;
}
