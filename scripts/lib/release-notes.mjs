/**
 * What the changelog says of its newest version.
 * @param {string} changelog
 */
export function releaseNotes(changelog) {
  const [, newest = ''] = changelog.split(/^## /m);
  const [title = '', ...lines] = newest.split('\n');
  return `# ${title.trim()}\n\n${lines.join('\n').trim()}\n`;
}
