import { refusal } from '../errors.cts';
import { template } from '../documents/templates.cts';
import { isObject, type Resource } from '../engine/schema.cts';
import { byMethod, ok, type ApiAnswer, type ApiRequest } from './api.cts';

/** `PUT /entity/<document>/new`: what a document would begin with; nothing is kept. Throws 2008, and 1002 where there are no templates. */
export const templateRoute = (resource: Resource, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> => {
	if (!resource.document) throw refusal(1002, request.path.join('/'));
	return byMethod(request, {
		PUT: ({ body, session }) => {
			if (Array.isArray(body)) throw refusal(2008);
			return ok(template(resource, isObject(body) ? body : {}, session));
		},
	});
};
