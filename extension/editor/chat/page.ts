import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the page's files are. */
export const pageFolder = (extension: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extension, 'dist');

/**
 * The document of a page: no inline script or style, nothing from the network (peers-chat.md section 4).
 * @param bundle the page's own script and style, without their endings
 */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, bundle = 'webview'): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('codicon.css')}">
<link rel="stylesheet" href="${address(`${bundle}.css`)}">
<title>GLM Coder</title>
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${address(`${bundle}.js`)}"></script>
</body>
</html>`;
}
