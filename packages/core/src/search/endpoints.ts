import { endpoint } from '../http/endpoint.ts';
import { pageParams, searchParams } from './params.ts';
import { searchPage } from './schema.ts';

/** The endpoints of search. Source: the published API description of `/search`, which takes a form and refuses JSON. */

export const postSearch = endpoint('POST', 'search', {
  params: searchParams,
  answer: searchPage,
  send: 'form',
  creates: 'a result, which is billed,',
});

/** Further pages are free of charge, and expire. */
export const getSearchPage = endpoint('GET', 'search/{page_token}', {
  params: pageParams,
  answer: searchPage,
});
