import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { journalReport, reportCsv, reportPage, type JournalReport } from '../../../core';
import type { BulkOperation } from '../../shared/operation';
import { filtersProperty, momentOf, periodProperties, queuesProperty, readFilters, readPeriod, readQueues, readTally } from './reading';

/** By which table programs know that the text is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

const titleProperty: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: 'Synchronisation report',
	description: 'What stands above the report and in its subject',
};

const zoneProperty: INodeProperties = {
	displayName: 'Time Zone',
	name: 'zone',
	type: 'string',
	default: '={{ $now.zoneName }}',
	placeholder: 'e.g. Europe/Moscow',
	description: 'In whose days and hours the report counts, and which it names; the time zone of the workflow when empty',
};

const beginsProperty: INodeProperties = {
	displayName: 'Journal Begins',
	name: 'journalBegins',
	type: 'string',
	default: '',
	description: 'When the oldest summary that the journal still has was written: milliseconds since 1970 or a time. Where that is later than From, the report says that it is not of the whole time. Empty: it says nothing of that.',
};

export const makeReport: BulkOperation = {
	value: 'makeReport',
	name: 'Make Report',
	action: 'Make a report',
	description: 'One item with the numbers of a period, a page for people (html, and the file report) and a table (the file numbers), made of rows of the journal',
	properties: [titleProperty, ...periodProperties, zoneProperty, queuesProperty, beginsProperty, filtersProperty],
	async all() {
		const period = readPeriod(this);
		const title = String(this.getNodeParameter('title', 0, ''));
		const report = journalReport(readTally(this, period, readFilters(this)), period, {
			queues: readQueues(this),
			zone: String(this.getNodeParameter('zone', 0, '')).trim() || this.getTimezone(),
			journalBegins: momentOf(this.getNodeParameter('journalBegins', 0, '')) ?? undefined,
		});
		const html = reportPage(title, report);
		const file = async (text: string, name: string, type: string) => await this.helpers.prepareBinaryData(Buffer.from(text), name, type);
		const binary = {
			report: await file(html, 'report.html', 'text/html'),
			numbers: await file(BYTE_ORDER_MARK + reportCsv(report), 'report.csv', 'text/csv'),
		};
		return [[{ json: { subject: subjectOf(title, report), ...(report as unknown as IDataObject), html }, binary, pairedItem: { item: 0 } }]];
	},
};

const subjectOf = (title: string, { all }: JournalReport): string =>
	all.total === 0 ? `${title}: nothing was written` : `${title}: ${all.success} % of ${all.total} objects went through`;
