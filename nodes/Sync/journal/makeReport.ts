import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { journalReport, reportCsv, reportPage, type JournalReport } from '../../../core';
import type { BulkOperation } from '../../shared/operation';
import { periodProperties, queuesProperty, readPeriod, readQueues, readTally } from './reading';

/** By which table programs know that the text is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

const titleProperty: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: 'Synchronisation report',
	description: 'What stands above the report and in its subject',
};

export const makeReport: BulkOperation = {
	value: 'makeReport',
	name: 'Make Report',
	action: 'Make a report',
	description: 'One item with the numbers of a period, a page for people (html, and the file report) and a table (the file numbers), made of rows of the journal',
	properties: [titleProperty, ...periodProperties, queuesProperty],
	async all() {
		const period = readPeriod(this);
		const title = String(this.getNodeParameter('title', 0, ''));
		const report = journalReport(readTally(this, period), period, readQueues(this));
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
