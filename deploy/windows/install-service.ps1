# Runs a Stratora collector or agent that windows.ps1 has installed as a service of Windows, in the place of its scheduled
# task: seen in services.msc, started with Windows, restarted when it fails, stopped in order. Needs WinSW 2
# (https://github.com/winsw/winsw, MIT licence), which this script does not fetch. Run it in a PowerShell of an administrator.
param(
  [Parameter(Mandatory = $true, Position = 0)][ValidateSet('collector', 'agent')][string]$Type,
  # WinSW-x64.exe or WinSW.NET461.exe.
  [Parameter(Mandatory = $true)][ValidateScript({ Test-Path -PathType Leaf $_ })][string]$WinSW,
  # telegraf.exe; without it the one on PATH, and without any an agent of Windows has nothing that gathers.
  [string]$Telegraf,
  [string]$Prefix = $env:ProgramFiles,
  [string]$StateRoot = $env:ProgramData,
  [switch]$NoStart
)
$ErrorActionPreference = 'Stop'

function Stop-With([string]$Message) {
  [Console]::Error.WriteLine("stratora: $Message")
  exit 1
}

$state = Join-Path $StateRoot "Stratora\$Type"
if (-not (Test-Path (Join-Path $state 'identity.json'))) {
  Stop-With "There is no enrolled $Type in $state. Run windows.ps1 first."
}
$node = (Get-Command node.exe -ErrorAction SilentlyContinue).Source
if (-not $node) { Stop-With 'Node.js is needed: https://nodejs.org' }
$program = Get-ChildItem -Path (Join-Path $Prefix 'Stratora\versions\*\lib\remote.mjs') -ErrorAction SilentlyContinue |
  Sort-Object LastWriteTime -Descending | Select-Object -First 1
if (-not $program) { Stop-With "There is no program below $Prefix\Stratora. Run windows.ps1 first." }
if (-not $Telegraf) { $Telegraf = (Get-Command telegraf.exe -ErrorAction SilentlyContinue).Source }
if ($Telegraf -and -not (Test-Path -PathType Leaf $Telegraf)) { Stop-With "$Telegraf is not there." }
if (-not $Telegraf -and $Type -eq 'agent') {
  Write-Warning 'There is no telegraf.exe: the agent runs, and gathers nothing until there is one (-Telegraf PATH).'
}

# The program and its service file are for the system and administrators to change and for others to read; the state, with
# its key, its queue and the engine's config, for the system, administrators and the service's own account alone.
$folder = Join-Path $Prefix "Stratora\service\$Type"
New-Item -ItemType Directory -Force -Path $folder, $state, (Join-Path $state 'logs') | Out-Null
$grants = @('*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F')
if ($Type -eq 'collector') { $grants += '*S-1-5-19:(OI)(CI)M' }
& icacls.exe $state /inheritance:r /grant @grants | Out-Null
if ($LASTEXITCODE -ne 0) { Stop-With "The rights of $state could not be set." }
& icacls.exe $folder /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-32-545:(OI)(CI)RX' |
  Out-Null
if ($LASTEXITCODE -ne 0) { Stop-With "The rights of $folder could not be set." }

$name = "stratora-$Type"
$wrapper = Join-Path $folder "$name.exe"
if (Test-Path $wrapper) {
  & $wrapper stop | Out-Null
  & $wrapper uninstall | Out-Null
}
Copy-Item -Force $WinSW $wrapper
$xml = [IO.File]::ReadAllText((Join-Path $PSScriptRoot "$name.xml"))
foreach ($pair in @(@('@NODE@', $node), @('@PROGRAM@', $program.FullName), @('@STATE@', $state), @('@TELEGRAF@', $Telegraf))) {
  $xml = $xml.Replace($pair[0], [Security.SecurityElement]::Escape([string]$pair[1]))
}
[IO.File]::WriteAllText((Join-Path $folder "$name.xml"), $xml)

# Two of a kind would fight for one state directory.
Stop-ScheduledTask -TaskName "Stratora $Type" -ErrorAction SilentlyContinue
Unregister-ScheduledTask -TaskName "Stratora $Type" -Confirm:$false -ErrorAction SilentlyContinue

& $wrapper install
if ($LASTEXITCODE -ne 0) { Stop-With 'The service could not be installed.' }
if ($NoStart) {
  Write-Output "The service is installed and not started. Start it with: & '$wrapper' start"
} else {
  & $wrapper start
  if ($LASTEXITCODE -ne 0) { Stop-With "The service did not start; see $state\logs." }
  Write-Output "The $Type runs as a service. See how it is: & '$node' '$($program.FullName)' $Type status --state-dir '$state'"
}
