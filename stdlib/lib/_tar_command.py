"""python -m tarfile: lists, makes, extracts and tests archives."""
import argparse
import os
import sys
import tarfile

_PACKING = {'.gz': 'gz', '.tgz': 'gz', '.xz': 'xz', '.txz': 'xz', '.bz2': 'bz2', '.tbz': 'bz2', '.tbz2': 'bz2',
            '.tb2': 'bz2'}


def _parser():
    parser = argparse.ArgumentParser(description='A simple command-line interface for tarfile module.')
    parser.add_argument('-v', '--verbose', action='store_true', default=False, help='Verbose output')
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument('-l', '--list', metavar='<tarfile>', help='Show listing of a tarfile')
    what.add_argument('-e', '--extract', nargs='+', metavar=('<tarfile>', '<output_dir>'),
                      help='Extract tarfile into target dir')
    what.add_argument('-c', '--create', nargs='+', metavar=('<name>', '<file>'), help='Create tarfile from sources')
    what.add_argument('-t', '--test', metavar='<tarfile>', help='Test if a tarfile is valid')
    parser.add_argument('--filter', metavar='<filtername>', choices=('fully_trusted', 'tar', 'data'),
                        help='Filter for extraction')
    return parser


def _need(parser, path):
    if not tarfile.is_tarfile(path):
        parser.exit(1, f'{path!r} is not a tar archive.\n')


def run():
    """Does what sys.argv says."""
    parser = _parser()
    arguments = parser.parse_args()
    said = None
    if arguments.test is not None:
        _need(parser, arguments.test)
        with tarfile.open(arguments.test) as archive:
            print(archive.getmembers(), file=sys.stderr)
        said = f'{arguments.test!r} is a tar archive.'
    elif arguments.list is not None:
        _need(parser, arguments.list)
        with tarfile.open(arguments.list) as archive:
            archive.list(verbose=arguments.verbose)
    elif arguments.extract is not None:
        if len(arguments.extract) > 2:
            parser.exit(1, parser.format_help())
        source, folder = (arguments.extract + [os.curdir])[:2]
        _need(parser, source)
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter=arguments.filter)
        said = f'{source!r} file is extracted' + ('.' if folder == '.' else f' into {folder!r} directory.')
    else:
        name, *files = arguments.create
        packing = _PACKING.get(os.path.splitext(name)[1], '')
        with tarfile.open(name, 'w:' + packing) as archive:
            for file in files:
                archive.add(file)
        said = f'{name!r} file created.'
    if arguments.verbose and said:
        print(said)
