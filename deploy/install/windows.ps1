# Installs a Stratora collector or agent on Windows 10, Windows Server 2019 or newer: fetches the program, checks it by its
# hash, enrols it and runs it as a scheduled task of the system that starts with Windows. Needs Node.js; run it in a
# PowerShell of an administrator. The server that this came from has put in the hashes below.
param(
  [Parameter(Mandatory = $true, Position = 0)][ValidateSet('collector', 'agent')][string]$Type,
  [Parameter(Mandatory = $true)][ValidatePattern('^https://')][string]$Server,
  [string]$Token = $env:ENROLLMENT_TOKEN,
  [string]$CaSha256 = '@CA_SHA256@',
  [string]$Name,
  [string]$Site,
  [string]$Proxy = $env:HTTPS_PROXY,
  [string]$Prefix = $env:ProgramFiles,
  [string]$StateRoot = $env:ProgramData,
  [switch]$NoStart
)
$ErrorActionPreference = 'Stop'

$Version = '@VERSION@'
$File = '@ANY_FILE@'
$Sha256 = '@ANY_SHA256@'
$NodeMajor = @NODE_MAJOR@

function Stop-With([string]$Message) {
  [Console]::Error.WriteLine("stratora: $Message")
  exit 1
}

$Server = $Server.TrimEnd('/')
$node = (Get-Command node.exe -ErrorAction SilentlyContinue).Source
if (-not $node) { Stop-With "Node.js $NodeMajor or newer is needed: https://nodejs.org" }
if ([int](& $node -p 'Number.parseInt(process.versions.node)') -lt $NodeMajor) {
  Stop-With "Node.js $NodeMajor or newer is needed; this is $(& $node --version)."
}
$state = Join-Path $StateRoot "Stratora\$Type"
if (-not $Token -and -not (Test-Path (Join-Path $state 'identity.json'))) {
  Stop-With 'Give an enrollment token with -Token.'
}

$base = Join-Path $Prefix 'Stratora'
$target = Join-Path $base "versions\$Version-$($Sha256.Substring(0, 12))"
if (-not (Test-Path (Join-Path $target 'lib\remote.mjs'))) {
  $work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
  New-Item -ItemType Directory -Path $work | Out-Null
  try {
    $archive = Join-Path $work 'program.tar.gz'
    Write-Output "Fetching Stratora $Version from $Server ..."
    # What comes is checked by its hash, so it does not matter yet who sends it.
    $arguments = @('-fsSk', '--connect-timeout', '15', '-o', $archive)
    if ($Proxy) { $arguments += @('--proxy', $Proxy) }
    & "$env:SystemRoot\System32\curl.exe" @arguments "$Server/install/$File"
    if ($LASTEXITCODE -ne 0) { Stop-With "$Server/install/$File could not be fetched." }
    $found = (Get-FileHash -Algorithm SHA256 $archive).Hash.ToLowerInvariant()
    if ($found -ne $Sha256) {
      Stop-With "What $Server sent is not the program that this script was made for: expected $Sha256, found $found. Nothing was installed."
    }
    & "$env:SystemRoot\System32\tar.exe" -xzf $archive -C $work
    if ($LASTEXITCODE -ne 0) { Stop-With 'The program could not be unpacked.' }
    New-Item -ItemType Directory -Force -Path (Split-Path $target) | Out-Null
    Move-Item (Join-Path $work 'stratora') $target
  } finally {
    Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
  }
}
$program = Join-Path $target 'lib\remote.mjs'

# The identity is for the system and administrators alone.
New-Item -ItemType Directory -Force -Path $state | Out-Null
& icacls.exe $state /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($Token) {
  $arguments = @($program, $Type, 'enroll', '--server', $Server, '--state-dir', $state)
  if ($CaSha256) { $arguments += @('--ca-sha256', $CaSha256) }
  if ($Name) { $arguments += @('--name', $Name) }
  if ($Site) { $arguments += @('--site', $Site) }
  if ($Proxy) { $arguments += @('--proxy', $Proxy) }
  $env:STRATORA_ENROLLMENT_TOKEN = $Token
  try { & $node @arguments } finally { Remove-Item Env:STRATORA_ENROLLMENT_TOKEN }
  if ($LASTEXITCODE -ne 0) { exit 1 }
}

$task = "Stratora $Type"
$action = New-ScheduledTaskAction -Execute $node -Argument "`"$program`" $Type run --state-dir `"$state`""
$trigger = New-ScheduledTaskTrigger -AtStartup
$principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable
Stop-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue
Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Force |
  Out-Null
if ($NoStart) {
  Write-Output "The $Type is installed and not started. Start it with: Start-ScheduledTask '$task'"
} else {
  Start-ScheduledTask -TaskName $task
  Write-Output "The $Type runs as the scheduled task '$task'. See how it is:"
  Write-Output "  & '$node' '$program' $Type status --state-dir '$state'"
}
