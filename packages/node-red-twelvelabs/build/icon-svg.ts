import type { NodeSettings } from '../src/settings/setting.ts';

/** The icon of a node: a film frame, which all nodes share, and in its corner the sign of this one. */
export function iconSvg({ sign }: Pick<NodeSettings, 'sign'>): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="60" viewBox="0 0 40 60">
  <title>A film frame with ${sign.title}</title>
  <g fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">
    <path d="M19 43H8a3 3 0 0 1-3-3V20a3 3 0 0 1 3-3h24a3 3 0 0 1 3 3v7"/>
    <path d="M5 24h30M12 17v7M20 17v7M28 17v7" stroke-width="2.4"/>
    <path d="${sign.path}"/>
  </g>
</svg>
`;
}
