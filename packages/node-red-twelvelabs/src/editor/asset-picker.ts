interface OfferedAsset {
  readonly _id: string;
  readonly filename?: string;
  readonly file_type?: string;
  readonly created_at?: string;
}

interface Completion {
  readonly value: string;
  readonly label: JQuery;
}

/** The newest assets of the chosen account whose name contains what was typed. */
export function completeAssets(typed: string, done: (found: Completion[]) => void): void {
  const account = String($('#node-input-config').val() ?? '');
  const url = `twelvelabs-config/${encodeURIComponent(account)}/assets`;
  void $.getJSON(url, { filename: typed.trim() }).then(
    (assets: OfferedAsset[]) => done(assets.map(completionOf)),
    () => done([]),
  );
}

function completionOf({ _id, filename, file_type, created_at }: OfferedAsset): Completion {
  const details = [file_type, created_at?.slice(0, 10)].filter(Boolean).join(' · ');
  // As text: names come from whoever uploaded the file.
  const label = $('<div>').text(filename || _id);
  $('<div>').addClass('twelvelabs-details').text(details).appendTo(label);
  return { value: _id, label };
}
