-- What a user of an editor does with a file, through Neovim's own client of the Language Server Protocol. Prints every answer.
-- Run by language-server.test.

local function say(...) io.stdout:write(table.concat({ ... }, ""), "\n") end

local function finish(...)
  say(...)
  vim.cmd("qall!")
end

local file = vim.env.SNN_FILE
vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "snn", cmd = { "snn-language-server" }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, client)
if not vim.wait(20000, function() return vim.lsp.get_client_by_id(client) and vim.lsp.get_client_by_id(client).initialized end) then
  finish("the server has not answered")
end

-- A place is given by a pattern in the text; `offset` counts columns behind its beginning.
local function goTo(pattern, offset)
  vim.fn.cursor(1, 1)
  local line, column = unpack(vim.fn.searchpos(pattern, "cW"))
  assert(line > 0, pattern)
  vim.fn.cursor(line, column + (offset or 0))
end

local function ask(method, params)
  local answers = assert(vim.lsp.buf_request_sync(buffer, "textDocument/" .. method, params or vim.lsp.util.make_position_params(), 20000))
  local answer = answers[client]
  if answer.error then return nil, answer.error.message end
  return answer.result
end

local function hover(pattern, offset)
  goTo(pattern, offset)
  local answer = ask("hover")
  say("hover ", pattern, ": ", answer and answer.contents and answer.contents.value:gsub("\n", " | ") or "nothing")
end

local function definition(pattern, offset)
  goTo(pattern, offset)
  local places = ask("definition")
  for _, place in ipairs(places) do
    say("definition ", pattern, ": ", place.uri:match("[^/]*/[^/]*$"), ":", place.range.start.line + 1, ":", place.range.start.character + 1)
  end
  if #places == 0 then say("definition ", pattern, ": nowhere") end
end

local function complete(pattern, offset)
  goTo(pattern, offset)
  local names = {}
  for _, item in ipairs(ask("completion").items) do names[item.label] = item.detail or "" end
  return names
end

-- Waits for the answer to the last change.
local function diagnostics(expected, message)
  vim.wait(20000, function()
    local found = vim.diagnostic.get(buffer)
    return #found == expected and (not message or found[1].message:find(message, 1, true))
  end)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    say("finding ", found.lnum + 1, ":", found.col + 1, "-", found.end_col + 1, ": ", found.message)
    for _, note in ipairs(found.user_data.lsp.relatedInformation or {}) do
      say("  note ", note.location.uri:match("[^/]*$"), ":", note.location.range.start.line + 1, ": ", note.message)
    end
  end
  say(#vim.diagnostic.get(buffer), " findings")
end

diagnostics(1, "taau")

-- A quick fix is offered for the misspelt name, and mends it.
goTo("taau")
local actions = ask("codeAction", { textDocument = vim.lsp.util.make_text_document_params(), range = vim.lsp.util.make_range_params().range, context = { diagnostics = {} } })
for _, action in ipairs(actions) do
  say("action ", action.title)
  vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
end
diagnostics(1, "is a time")

-- The wrong unit is put right by hand.
goTo("20 mV\\ze;  V_th", 3)
vim.api.nvim_set_current_line((vim.api.nvim_get_current_line():gsub("20 mV;", "20 ms;")))
diagnostics(0)

hover("tau = 20")
hover("Expon")
hover("N\\[:20\\]")
hover("Cell {", 0)
hover("\\.\\zsI = 2")
hover("record", 1)
definition("Expon")
definition("/ tau", 2)
definition("\\.\\zsV_th")
definition("= Cell", 2)
definition("\\.\\zsI = 2")

local names = complete("N\\.I", 2)
say("complete N.: V ", names["V"] or "-", ", I ", names["I"] or "-", ", Expon ", names["Expon"] or "-", ", param ", names["param"] or "-")
names = complete("V' =", 4)
say("complete in a neuron: tau ", names["tau"] or "-", ", exp ", names["exp"] and "yes" or "no", ", Expon ", names["Expon"] or "-")

-- A parameter is renamed where the neuron says it and where a population sets it, and nowhere else.
goTo("tau = 20")
local edit, message = ask("rename", vim.tbl_extend("force", vim.lsp.util.make_position_params(), { newName = "tau_m" }))
vim.lsp.util.apply_workspace_edit(edit, "utf-16")
for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  if line:match("tau") then say("renamed ", line) end
end
diagnostics(0)
for _, name in ipairs({ "V", "2x" }) do
  goTo("tau_m")
  edit, message = ask("rename", vim.tbl_extend("force", vim.lsp.util.make_position_params(), { newName = name }))
  say("rename: ", edit and "done" or message)
end
goTo("Expon")
edit, message = ask("rename", vim.tbl_extend("force", vim.lsp.util.make_position_params(), { newName = "Mine" }))
say("rename: ", edit and "done" or message)

local symbols = ask("documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() })
for _, symbol in ipairs(symbols) do
  local inner = {}
  for _, child in ipairs(symbol.children or {}) do inner[#inner + 1] = child.name end
  say("outline ", symbol.detail, ": ", table.concat(inner, " "))
end

vim.lsp.buf.formatting_sync({}, 20000)
for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 4, false)) do say("line ", number, ": ", line) end
vim.lsp.stop_client(client)
finish("left")
