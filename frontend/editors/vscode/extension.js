// Starts snn-language-server for .snn files; all it knows comes from there.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = vscode.workspace.getConfiguration("snn").get("languageServer");
  client = new LanguageClient("snn", "snn", { command }, { documentSelector: [{ language: "snn" }] });
  return client.start();
};

exports.deactivate = () => client && client.stop();
