import { refusal } from '../errors.cts';
import { downloadRoute, pictureRoute } from '../images/pictureRoutes.cts';
import { counterpartyReportRoute } from '../reports/counterpartyReport.cts';
import { servedResource } from '../resources/registry.cts';
import { currentReport } from '../stock/currentReport.cts';
import { allReport, byStoreReport } from '../stock/fullReport.cts';
import { byMethod, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { assortmentRoute } from './assortmentRoutes.cts';
import { auditRoute, entityAuditRoute } from './auditRoutes.cts';
import { codeSettingsRoute, contextRoute, customEntityRoute } from './contextRoutes.cts';
import { allDiscountsRoute } from './discountRoutes.cts';
import { collectionRoute, deleteMany, entityRoute, syncIdRoute, trashRoute } from './entityRoutes.cts';
import { allMetadata, metadataRoute } from './metadataRoutes.cts';
import { nestedRoute } from './nestedRoutes.cts';
import { templateRoute } from './templateRoutes.cts';

/** From the path to what answers. Throws 1002 and 1005 for paths that lead nowhere. */
export function route(request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const [root, ...rest] = request.path;
	switch (root) {
		case 'entity':
			return entityPath(rest, request);
		case 'context':
			return contextRoute(rest, request);
		case 'report':
			return reportPath(rest, request);
		case 'audit':
			return auditRoute(rest, request);
		case 'download':
			return rest.length === 1 && rest[0] !== undefined
				? downloadRoute(rest[0].toLowerCase(), request)
				: unknown(request);
		default:
			return unknown(request);
	}
}

function unknown({ path }: ApiRequest): never {
	throw refusal(1002, path.join('/'));
}

function entityPath([type = '', ...rest]: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	if (type === 'metadata') return byMethod(request, { GET: allMetadata });
	if (type === 'assortment') return assortmentRoute(rest, request);
	const resource = servedResource(type);
	if (!resource) throw refusal(1005, type);
	const [word, ...deeper] = rest;
	if (type === 'discount' && word === undefined) return allDiscountsRoute(request);
	if (word === 'metadata') return metadataRoute(resource, deeper, request);
	if (type === 'customentity') return customEntityRoute(rest, request);
	if (word === undefined) return collectionRoute(resource, request);
	if (word === 'new' && deeper.length === 0) return templateRoute(resource, request);
	if (word === 'delete') return byMethod(request, { POST: (one) => deleteMany(resource, [type], one) });
	if (word === 'settings' && type === 'counterparty') return codeSettingsRoute(type, request);
	if (word === 'syncid') return syncIdRoute(resource, deeper[0] ?? '', request);
	return belowEntity(type, word, deeper, request);
}

function belowEntity(
	type: string,
	id: string,
	[word, ...rest]: readonly string[],
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	const resource = servedResource(type);
	if (!resource) throw refusal(1005, type);
	switch (word) {
		case undefined:
			return entityRoute(resource, id, request);
		case 'trash':
			return trashRoute(resource, id, request);
		case 'audit':
			return entityAuditRoute(resource, id, request);
		case 'images':
			return pictureRoute(resource, id, rest, request);
		default:
			return nestedRoute(resource, id, word, rest, request);
	}
}

function reportPath(rest: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { query, session } = request;
	if (query.flag('async')) throw refusal(1040, 'async');
	if (rest[0] === 'counterparty' && rest.length <= 2) return counterpartyReportRoute(rest[1], request);
	switch (rest.join('/')) {
		case 'stock/all':
			return byMethod(request, { GET: () => ok(allReport(query, session)) });
		case 'stock/bystore':
			return byMethod(request, { GET: () => ok(byStoreReport(query, session)) });
		case 'stock/all/current':
			return byMethod(request, { GET: () => ok(currentReport('all', query, session)) });
		case 'stock/bystore/current':
			return byMethod(request, { GET: () => ok(currentReport('bystore', query, session)) });
		default:
			return unknown(request);
	}
}
